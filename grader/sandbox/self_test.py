"""Before the first submission: try to get out, from where a learner's code will run."""

from __future__ import annotations


def test_walls(sandbox):
    pass
