"""Put a measured result into the README, or another page, between two marks that name it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
LARGE_CLASSES = ROOT / "book" / "teaching" / "large-classes.md"
TRAINING_LAB = ROOT / "book" / "08-classic-networks" / "09-training-lab.md"
END = "<!-- end -->"


def put_into_readme(name: str, text: str, page: Path = README) -> None:
    """Replace what stands between the mark `name` and the next end mark."""
    before, rest = page.read_text(encoding="utf-8").split(mark(name))
    after = rest.split(END, 1)[1]
    page.write_text(f"{before}{mark(name)}\n{text}\n{END}{after}", encoding="utf-8")


def in_readme(name: str, page: Path = README) -> str:
    """What stands there now."""
    rest = page.read_text(encoding="utf-8").split(mark(name))[1]
    return rest.split(END, 1)[0].strip()


def mark(name: str) -> str:
    """The line before a result; a Markdown comment, so a reader does not see it."""
    return f"<!-- {name} -->"
