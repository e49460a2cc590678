"""Limits that are soon reached, and an honest submission that must not notice any of it."""

from grader.sandbox import Limits

LIMITS = Limits(
    cell_seconds=4.0,
    call_seconds=1.0,
    check_seconds=6.0,
    total_seconds=120.0,
    memory_mib=1024,
    scratch_mib=2,
    scratch_files=40,
    output_characters=5_000,
)

ANSWER = "def add_bias(x, b):\n    return x + b"


def innocent(sandbox):
    """Whether a submission with a right answer gets everything."""
    with sandbox.child() as child:
        child.execute("import numpy as np\nfrom grader import check, hint")
        child.execute(ANSWER)
        outcomes = child.outcomes("add_bias")
        return all(o.problem is None and not o.changed and not o.unstable for o in outcomes)
