"""A correction box shows claim, verdict, finding and source, and is listed once."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.book.conftest import BOOK
from tests.book.small_book import build

WRITTEN = re.compile(r"^```\{correction\} (F\d+)\n(?::.*\n)+\n(\w+)", re.MULTILINE)

BOX = """
```{correction} F27
:verdict: imprecise
:source: somebody, 2020
:items: S1-04 S4-18

The claim *itself*.

What we found.

And more.
```
"""


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, BeautifulSoup]:
    other = BOX.replace("F27", "F3").replace("imprecise", "wrong").replace("claim", "second claim")
    texts = {
        "index": f"# One\n{BOX}",
        "two": f"# Two\n{other}",
        "all": "# All\n```{all-corrections}\n```",
    }
    return build(tmp_path, "correction", texts)


def test_a_box_shows_its_parts_in_order(pages) -> None:
    box = pages["index"].select_one("#f27")

    classes = [child["class"][0] for child in box.find_all(recursive=False)]

    assert classes == [f"correction-{p}" for p in ("headline", "claim", "finding", "source")]
    assert box.select_one(".correction-claim").get_text(strip=True, separator=" ") == (
        "The claim itself ."
    )
    assert "imprecise" in box["class"]
    assert "What we found." in box.select_one(".correction-finding").text
    assert "S1-04, S4-18" in box.select_one(".correction-source").text


def test_the_table_lists_the_boxes_of_all_pages_by_number(pages) -> None:
    rows = pages["all"].select("tbody tr")

    texts = [row.get_text(" ", strip=True) for row in rows]

    assert texts == ["F3 wrong The second claim itself .", "F27 imprecise The claim itself ."]
    assert [row.a["href"] for row in rows] == ["two.html#f3", "index.html#f27"]


def test_a_box_can_be_linked_by_its_number(tmp_path: Path) -> None:
    pages = build(tmp_path, "correction", {"index": f"# One\n{BOX}\nSee {{ref}}`f27`."})

    assert pages["index"].select_one('p > a[href="#f27"]').text == "F27"


@pytest.mark.parametrize("part", [":verdict: imprecise\n", "What we found.\n\nAnd more.\n"])
def test_a_box_without_a_part_stops_the_build(tmp_path: Path, part: str) -> None:
    with pytest.raises(AssertionError, match="F27 needs a claim, a finding"):
        build(tmp_path, "correction", {"index": f"# One\n{BOX.replace(part, '')}"})


def test_two_boxes_with_one_number_stop_the_build(tmp_path: Path) -> None:
    texts = {"index": f"# One\n{BOX}", "two": f"# Two\n{BOX}"}

    with pytest.raises(AssertionError, match="F27 is also on index"):
        build(tmp_path, "correction", texts)


def test_a_claim_can_be_read_alone_in_the_table() -> None:
    first_words = {
        name: word
        for path in BOOK.glob("*/*.md")
        for name, word in WRITTEN.findall(path.read_text(encoding="utf-8"))
    }

    vague = {"It", "Its", "They", "Their", "This", "That", "These", "Those"}
    assert [name for name, word in first_words.items() if word in vague] == []
    assert len(first_words) >= 40
