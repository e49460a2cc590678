"""How submissions are run: what `nbgrader_config.py` says about the sandbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from traitlets import Bool, Float, Int, Unicode
from traitlets.config import Config, Configurable

from grader.errors import GradingError
from grader.nbgrader.released import Released
from grader.references import compute_alone
from grader.sandbox import PACKAGES, Limits, Sandbox


@dataclass(frozen=True)
class Settings:
    """The settings by value, so that they can travel to other processes.

    Args:
        tier: how thick the walls are: `full`, `light` or `none`.
        trusted: every submission is trusted; needed for the tier `none`.
        limits: what one submission may use.
    """

    tier: str = "full"
    trusted: bool = False
    limits: Limits = Limits()


class Grading(Configurable):
    """The section `c.Grading` of nbgrader's settings."""

    tier = Unicode(
        "full", help="The sandbox's walls: `full`, or `light` inside a container without rights."
    ).tag(config=True)
    trust_submissions = Bool(
        False, help="Run submissions without any walls, with the tier `none`."
    ).tag(config=True)
    cell_seconds = Float(30.0, help="The time for one cell.").tag(config=True)
    call_seconds = Float(10.0, help="The time for one call of a learner's function.").tag(
        config=True
    )
    check_seconds = Float(60.0, help="The time for all calls of one check.").tag(config=True)
    total_seconds = Float(600.0, help="The time for a whole notebook.").tag(config=True)
    memory_mib = Int(2048, help="The memory for a submission, in MiB.").tag(config=True)


def settings_of(config: Config) -> Settings:
    """The settings that a loaded configuration gives."""
    section = Grading(config=config)
    limits = {name: getattr(section, name) for name in _limits()}
    return Settings(section.tier, section.trust_submissions, Limits(**limits))


def _limits() -> list[str]:
    named: Any = Limits.__dataclass_fields__
    return [name for name in Grading.class_trait_names(config=True) if name in named]


def open_sandbox(settings: Settings, notebooks: Iterable[Released]) -> Sandbox:
    """A sandbox with these settings, and torch ready beside it.

    Args:
        settings: how submissions are run.
        notebooks: what was released; the packages they import are there, and no others.

    Raises:
        Refused: its walls cannot be built here; the message says why and what to do.
        GradingError: torch is not installed, so hidden cases cannot be judged.
    """
    try:
        compute_alone()
    except ModuleNotFoundError as error:
        message = "torch is not installed, so nothing can be graded. Run `make venv`."
        raise GradingError(message) from error
    packages = [*PACKAGES, *(name for released in notebooks for name in released.packages)]
    return Sandbox(
        settings.tier, limits=settings.limits, packages=packages, trusted=settings.trusted
    )
