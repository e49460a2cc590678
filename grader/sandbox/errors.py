"""What can go wrong with the sandbox itself; none of it is ever a learner's 0 points."""

from grader.errors import GradingError


class SandboxError(GradingError):
    """The sandbox does not work: a fault of the grader or of the machine."""


class Refused(SandboxError):
    """The walls that were asked for cannot be built here; the message says why and what to do."""


class WallError(SandboxError):
    """One wall could not be built: what was asked of the kernel, and its answer."""


class WireError(SandboxError):
    """Bytes from a learner's process that are no message of ours."""


class TimeUp(Exception):
    """A learner's process has not answered in time."""


class Ended(Exception):
    """A learner's process is gone, or speaks no protocol any more."""
