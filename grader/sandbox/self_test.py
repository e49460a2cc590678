"""Before the first submission: try to get out, from where a learner's code will run."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from grader.exercises import EXERCISES
from grader.sandbox.cell_run import Stopped
from grader.sandbox.errors import Refused, SandboxError

if TYPE_CHECKING:
    from grader.sandbox.child import Child
    from grader.sandbox.sandbox import Sandbox

TEST_SECONDS = 30.0
LIGHT = {"limits", "capabilities", "landlock", "seccomp"}
NEEDED = {
    "full": LIGHT | {"processes", "network", "private root"},
    "light": LIGHT,
    "none": set(),
}
SOURCE = "import numpy as np\nx = np.arange(6.0).reshape(2, 3)\nassert (x @ x.T)[0, 0] == 5"


def test_walls(sandbox: Sandbox) -> None:
    """Check that honest code runs in a sandbox and that no escape succeeds.

    Raises:
        Refused: a wall is missing, or does not hold.
    """
    try:
        with sandbox.child() as child:
            missing = NEEDED[sandbox.tier] - set(child.walls)
            if missing:
                raise Refused(f"the sandbox `{sandbox.tier}` lacks: {', '.join(sorted(missing))}")
            _run_honest_code(child)
            if sandbox.tier != "none":
                _try_to_escape(child, sandbox)
    except Stopped as stopped:
        raise Refused(f"the self-test of the sandbox has failed: {stopped.detail}") from stopped
    except SandboxError as error:
        raise Refused(f"the sandbox `{sandbox.tier}`: {error}") from error


def _run_honest_code(child: Child) -> None:
    run = child.execute(SOURCE)
    if run.ended or run.error:
        reason = run.detail or run.error.traceback
        raise Refused(f"NumPy does not work inside the sandbox: {reason}")
    exercise = EXERCISES[0]
    told = child.outcomes(exercise.slug)
    if {outcome.problem for outcome in told} != {"missing"}:
        raise Refused("the cases of an exercise do not work inside the sandbox")


def _try_to_escape(child: Child, sandbox: Sandbox) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        secret = Path(folder, "secret.txt")
        secret.write_text("if you can read this, grading is not safe")
        memory = sandbox.limits.memory_mib
        request = {"do": "probe", "secret": str(secret), "memory_mib": memory}
        answer, _ = next(child.ask(request, TEST_SECONDS))
    if answer["escapes"] != []:
        can = ", ".join(answer["escapes"])
        raise Refused(
            f"the walls of the sandbox `{sandbox.tier}` do not hold on this machine: a "
            f"learner's code could {can}. Nothing was graded. Use another machine or container."
        )
