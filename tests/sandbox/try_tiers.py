"""Run by the tests as another user or in other surroundings: which tiers work, or why not."""

import json
import sys

from grader.sandbox import Limits, Refused, Sandbox

SOURCE = """
import numpy as np
import matplotlib.pyplot as plt
def add_bias(x, b):
    return x + b
plt.plot([1, 2])
"""


def tried(tier):
    """What came of an honest submission: `right`, or the reason why it was refused."""
    limits = Limits(memory_mib=1024)
    try:
        with Sandbox(tier, limits=limits) as sandbox, sandbox.child() as child:
            run = child.execute(SOURCE)
            if run.error or not run.figures:
                return run.error.traceback if run.error else "no figure"
            problems = {outcome.problem for outcome in child.outcomes("add_bias")}
            return "right" if problems == {None} else f"{problems}"
    except Refused as refused:
        return f"refused: {refused}"


sys.stdout.write(json.dumps({tier: tried(tier) for tier in sys.argv[1:]}))
