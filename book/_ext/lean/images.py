"""Let pictures wait until the reader comes near, and tell their size, so that no line jumps."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

IMAGE = re.compile(r'<img (?P<rest>[^>]*?src="[^"]*_images/(?P<name>[^"/]+)"[^>]*?)\s*/?>')
# A point of a printer is 1/72 of an inch, a pixel of a web page 1/96.
PIXELS = {"pt": 96 / 72, "px": 1.0, "": 1.0}


def let_wait(body: str, files: dict[str, Path]) -> str:
    """Give each picture of a page its size; all but the first load when they are near.

    Args:
        body: the page's HTML.
        files: where the pictures lie, by the name that the page uses.
    """
    seen: list[str] = []

    def improve(match: re.Match[str]) -> str:
        wait = ' loading="lazy"' if seen else ""
        seen.append(match["name"])
        width, height = size_of(files[match["name"]])
        return f'<img {match["rest"]} width="{width}" height="{height}"{wait} />'

    return IMAGE.sub(improve, body)


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a picture in pixels of a web page."""
    if path.suffix != ".svg":
        with Image.open(path) as image:
            return image.size
    root = ElementTree.parse(path).getroot()
    return pixels(root.get("width")), pixels(root.get("height"))


def pixels(length: str) -> int:
    """A length of an SVG, such as `374.4pt`."""
    number, unit = re.fullmatch(r"([\d.]+)(pt|px|)", length).groups()
    return round(float(number) * PIXELS[unit])
