"""The whole book builds without a warning, and its pages keep their promises."""

import re

import pytest
import yaml
from bs4 import BeautifulSoup

from course.places import SOLUTIONS
from course.text import read_chapter
from tests.book.conftest import BOOK, Site
from tests.published import PUBLISHED

WORDS_PER_MINUTE = 200
MINUTES = 12


def test_the_book_builds_without_a_warning(site: Site) -> None:
    # Messages of Sphinx have a space after the colon; a kernel that ends may log on its own.
    lines = re.findall("^.*(?:WARNING|ERROR|ExecutionError): .*$", site.log, re.MULTILINE)

    assert (site.status, lines) == (0, [])


def test_every_page_of_the_book_is_in_the_table_of_contents(site: Site) -> None:
    written = {p.relative_to(BOOK).with_suffix("").as_posix() for p in BOOK.rglob("*.md")}

    assert written == set(site.names())


def test_no_page_takes_longer_than_twelve_minutes_to_read(site: Site) -> None:
    long = {
        name: round(minutes, 1)
        for name in site.names()
        if re.match(r"\d\d-.*/\d\d-", name) and "exercises" not in name
        if (minutes := reading_minutes(site, name)) > MINUTES
    }

    assert long == {}


def reading_minutes(site: Site, name: str) -> float:
    """Prose at reading speed, and a quarter of a minute for every code cell and picture."""
    page = site.page(name)
    text = " ".join(
        part.get_text(" ")
        for part in page.select("p, li, dt, dd > p, figcaption")
        if not part.find_parent("details")
    )
    stops = len(page.select(".cell, figure"))
    return len(text.split()) / WORDS_PER_MINUTE + stops / 4


def test_every_picture_says_what_it_shows(site: Site) -> None:
    silent = [
        (name, image["src"])
        for name in site.names()
        for image in site.page(name).select("img")
        if not image.get("alt") or image["alt"].startswith("../")
    ]

    assert silent == []


def test_every_box_is_in_the_table_and_the_table_has_no_others(site: Site) -> None:
    boxes = {
        box["id"]: f"{name}.html#{box['id']}"
        for name in site.names()
        for box in site.page(name).select("div.correction")
    }

    links = [link["href"] for link in site.page("corrections").select("table a")]

    assert sorted(links) == sorted(boxes.values())
    assert len(links) >= 9


@pytest.mark.parametrize("exercise", PUBLISHED, ids=lambda exercise: exercise.slug)
def test_every_exercise_stands_on_one_page_with_its_hints_folded(site: Site, exercise) -> None:
    cards = [
        card
        for name in site.names()
        for card in site.page(name).select(f'[data-exercise="{exercise.slug}"]')
    ]

    (card,) = cards

    assert card["id"] == exercise.slug
    assert exercise.number in card.select_one(".exercise-title").text
    assert len(card.select("details.exercise-hint")) >= 3
    assert not card.select("details[open]")
    block = read_chapter(SOLUTIONS / f"{exercise.chapter}.md").block(exercise.slug)
    assert card.select_one(".starter").text.split() == block.starter.split()
    solution = card.select_one("details.exercise-solution")
    assert "Try it first" in solution.text
    written = "".join(solution.text.split()).replace(",)", ")")
    lines = [line for one in exercise.functions for line in definitions_of(one)]
    assert all("".join(line.split()) in written for line in lines)


def definitions_of(function) -> list[str]:
    """The lines that define a function, or a class and its methods."""
    if not function.method:
        return [function.definition]
    methods = {"__init__": function.signature, function.method: function.takes}
    return [
        f"class {function.name}:",
        *(f"def {name}(self, {arguments}):" for name, arguments in methods.items()),
    ]


def test_the_judged_code_is_in_the_page_only_behind_a_fold(site: Site) -> None:
    for name in site.names():
        for card in site.page(name).select(".exercise"):
            assert "SOLUTION" not in card.text


def test_coverage_points_at_anchors_that_exist(site: Site) -> None:
    coverage = read_coverage()

    lost = [
        (item, target)
        for item, targets in coverage.items()
        for target in targets
        if not anchor_exists(site, target)
    ]

    assert lost == []


def test_coverage_has_every_statement_that_chapter_one_must_treat() -> None:
    wanted = items(
        "S0-14 S0-15 S0-16 S0-17 S0-18 S1-01..15 S2-03..05 S2-09 S2-18 S2-19 S2-33..36 S2-39 "
        "S2-42 S2-43 S3-02 S3-31 S3-32 S4-01 S4-15..18 S4-20 S4-31..34 S2-01 S2-02 S2-22 S2-52"
    )

    assert wanted - read_coverage().keys() == set()


def test_coverage_has_every_statement_that_chapter_three_must_treat() -> None:
    wanted = items(
        "S0-36..40 S1-16..19 S1-32..40 S2-08 S2-11..17 S2-20 S2-21 S3-19 S3-20 S3-34 S3-35 S3-52"
    )

    assert wanted - read_coverage().keys() == set()


def items(text: str) -> set[str]:
    """Read `S1-01..03` as three items."""
    found = set()
    for part in text.split():
        note, first, _, last = re.fullmatch(r"(S\d)-(\d+)(\.\.(\d+))?", part).groups()
        found |= {f"{note}-{i:02}" for i in range(int(first), int(last or first) + 1)}
    return found


def read_coverage() -> dict[str, list[str]]:
    """Each item with the places that treat it."""
    raw = yaml.safe_load((BOOK / "coverage.yml").read_text(encoding="utf-8"))
    return {item: [places] if isinstance(places, str) else places for item, places in raw.items()}


def anchor_exists(site: Site, target: str) -> bool:
    """Whether a place like `01-convolution/02-sliding-window#f27` is in the site."""
    name, _, anchor = target.partition("#")
    page = (site.folder / f"{name}.html").exists() and site.page(name)
    return bool(page and anchor and page.find(id=anchor))


def test_a_page_asks_no_other_server_for_anything(site: Site) -> None:
    for path in site.folder.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for tag in page.find_all(["script", "img", "iframe", "link"]):
            address = tag.get("src") or tag.get("href") or ""
            assert not address.startswith(("http:", "https:", "//")), f"{path.name}: {address}"


def test_formulas_stand_on_the_page_before_any_script_runs(site: Site) -> None:
    for name in ("01-convolution/06-backward.html", "corrections.html"):
        page = (site.folder / name).read_text(encoding="utf-8")
        assert "<mjx-container" in page
        assert "<math xmlns" in page
        assert "tex-chtml" not in page
        assert "\\(" not in page
    assert list((site.folder / "_static" / "mathjax").rglob("MathJax_Main-Regular.woff"))
