"""The figures that a cell has drawn with matplotlib, as PNG, as a notebook would show them."""

from __future__ import annotations

import io
import sys

MOST_FIGURES = 10
MOST_BYTES = 1 << 20
DPI = 72


def taken() -> list[bytes]:
    """Draw all open figures, close them, and return what is not too large."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    numbers = pyplot.get_fignums() if pyplot else []
    if not numbers:
        return []
    drawn = []
    try:
        for number in numbers[:MOST_FIGURES]:
            data = io.BytesIO()
            pyplot.figure(number).savefig(data, format="png", dpi=DPI)
            drawn.append(data.getvalue())
        pyplot.close("all")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a learner may have put anything into a figure
        sys.stderr.write(f"a figure cannot be drawn: {type(error).__name__}\n")
    return [data for data in drawn if len(data) <= MOST_BYTES]
