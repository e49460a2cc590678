"""`python -m course STAGE …` runs stages of the course; `make` runs all of them in order."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from course.errors import CourseError
from course.stages import STAGES
from grader.errors import CheckError, GradingError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named stages, with a line for each thing that is done.

    Returns:
        The exit status: 0, or 1 if a stage failed and said why.
    """
    for name in _parse(arguments).stage:
        start = time.perf_counter()
        try:
            for line in STAGES[name]():
                sys.stdout.write(line + "\n" if name == "summary" else f"{name:<8} {line}\n")
                sys.stdout.flush()
        except (CourseError, CheckError, GradingError) as error:
            sys.stdout.flush()
            sys.stderr.write(f"\n{name} failed:\n{error}\n")
            return 1
        if name != "summary":
            sys.stdout.write(f"{name:<8} done in {time.perf_counter() - start:.1f} s\n")
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    stages = "\n".join(f"  {name:<10}{stage.__doc__}" for name, stage in STAGES.items())
    parser = argparse.ArgumentParser(
        prog="python -m course",
        description="Turn the authored text into notebooks, a site and a graded class.",
        epilog=f"stages, in the order of `make`:\n{stages}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stage", nargs="+", choices=list(STAGES), metavar="STAGE", help="see below")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
