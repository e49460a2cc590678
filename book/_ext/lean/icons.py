"""Cut the theme's font of icons down to the few icons that the style sheet names."""

from __future__ import annotations

import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONT = Path("vendor") / "fontawesome" / "webfonts" / "fa-solid-900.ttf"
NAME = "icons.woff"
RULE = (
    "/* Icons: Font Awesome Free 6, https://fontawesome.com, SIL OFL 1.1. */\n"
    '@font-face {{ font-family: "Font Awesome 6 Free"; font-weight: 900; font-display: block; '
    "src: url({name}?v={version}) format('woff'); }}"
)
# Icons live in Unicode's private area, written as they are or as an escape.
WRITTEN = re.compile(r"\\([ef][0-9a-f]{3})\b|([\ue000-\uf8ff])")


def icons_in(style: str) -> list[int]:
    """The code points of all icons that a style sheet names."""
    found = WRITTEN.findall(style)
    return sorted({int(code, 16) if code else ord(letter) for code, letter in found})


def write_icons(static: Path, style: str) -> str:
    """Write the small font, and return the rule that brings it in.

    Args:
        static: the site's folder with the theme's files.
        style: the style sheet that uses the icons.
    """
    codes = icons_in(style)
    font = TTFont(static / FONT, recalcTimestamp=False)
    tool = subset.Subsetter(subset.Options(drop_tables=["FFTM"]))
    tool.populate(unicodes=codes)
    tool.subset(font)
    font.flavor = "woff"
    font.save(static / NAME)
    return RULE.format(name=NAME, version=f"{hash_of(codes):08x}")


def hash_of(codes: list[int]) -> int:
    """A number that changes with the icons, so that no browser keeps the font of others."""
    value = 0
    for code in codes:
        value = (value * 31 + code) % 2**32
    return value
