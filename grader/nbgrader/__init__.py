"""Put the grader into nbgrader: restore a submission, run it behind walls, judge it here, save.

`nbgrader_config.py` names the steps. `grade.py` is all of them but the last as one function from
bytes to points, for whoever grades many submissions at once.
"""
