"""Check answers against PyTorch and name what is wrong: `check`, `hint` and `judge`."""

from grader.check import CheckFailed, case, check, hint
from grader.errors import CheckError, GradingError
from grader.judge import judge
from grader.verdict import Verdict

__all__ = [
    "CheckError",
    "CheckFailed",
    "GradingError",
    "Verdict",
    "case",
    "check",
    "hint",
    "judge",
]
