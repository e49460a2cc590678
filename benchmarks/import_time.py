"""Measure how long `import grader` takes beyond `import numpy`, each in a fresh Python."""

from __future__ import annotations

import statistics
import subprocess
import sys

RUNS = 9
CODE = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"


def seconds(module: str) -> float:
    """How long a fresh Python takes to import a module."""
    command = [sys.executable, "-c", CODE.format(module)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def extra_seconds() -> tuple[float, float]:
    """Medians of the time for numpy, and of what grader takes beyond it; taken in turns."""
    pairs = [(seconds("numpy"), seconds("grader")) for _ in range(RUNS)]
    extra = statistics.median(grader - numpy for numpy, grader in pairs)
    return statistics.median(numpy for numpy, _ in pairs), extra


def main() -> int:
    """Print the medians; 1 if importing the grader costs 0.3 s or more."""
    numpy, extra = extra_seconds()
    print(f"import numpy {1000 * numpy:.0f} ms; import grader {1000 * extra:.0f} ms more")
    return 0 if extra < 0.3 else 1


if __name__ == "__main__":
    sys.exit(main())
