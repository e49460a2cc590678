"""The first pages on classic networks treat all their statements and state their numbers."""

import re

import pytest

from tests.book.conftest import BOOK
from tests.book.test_site import items, read_coverage

PAGES = BOOK / "08-classic-networks"
STATED = {
    "02-lenet": ("61,706", "60,000"),
    "04-vgg": ("128,806,154", "43,093,322"),
    "05-nin": ("7,439,608",),
}


def test_coverage_has_every_statement_that_these_pages_must_treat() -> None:
    wanted = items("S2-44..50 S3-01..20 S4-31")

    places = read_coverage()

    assert wanted - places.keys() == set()
    assert all(any("08-classic-networks" in place for place in places[item]) for item in wanted)


def test_each_statement_stands_once_in_the_coverage() -> None:
    names = re.findall(r"^(S\d-\d\d):", (BOOK / "coverage.yml").read_text(), re.MULTILINE)

    assert len(names) == len(set(names))


@pytest.mark.parametrize(("page", "numbers"), STATED.items(), ids=STATED)
def test_a_number_in_the_text_is_also_asserted_by_the_page(page, numbers) -> None:
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")

    code = "".join(re.findall(r"```\{code-cell\}.*?```", text, re.DOTALL))
    prose = re.sub(r"```\{code-cell\}.*?```", "", text, flags=re.DOTALL)

    assert all(number in prose for number in numbers)
    assert all(f" {number.replace(',', '_')}" in code.replace("[", " [ ") for number in numbers)
