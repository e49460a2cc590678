"""Put the grader's verdicts into nbgrader: restore a submission, run it, score its verdicts.

The steps are named in `nbgrader_config.py`. They meet in one place: whatever runs the learner's
code leaves a verdict in the outputs of each check cell, and only that verdict earns points.
"""
