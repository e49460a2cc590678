"""Run a learner's code where there is nothing to steal, nothing to break and no way out.

    with Sandbox() as sandbox:
        with sandbox.child() as child:
            run = child.execute("import numpy as np\\ndef add_bias(x, b): return x + b")
            outcomes = child.outcomes("add_bias")

One warm process holds NumPy and no secret; each submission gets a fork of it, confined before
the first line of learner code runs. Nothing comes back but framed JSON and the bytes of arrays,
and all of it is only a claim: points are decided on this side.
"""

from grader.sandbox.cell_run import CellError, CellRun
from grader.sandbox.child import Child
from grader.sandbox.errors import Refused, SandboxError
from grader.sandbox.limits import Limits
from grader.sandbox.sandbox import PACKAGES, Sandbox

__all__ = [
    "PACKAGES",
    "CellError",
    "CellRun",
    "Child",
    "Limits",
    "Refused",
    "Sandbox",
    "SandboxError",
]
