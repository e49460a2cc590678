"""An exercise block shows the chapter's text: statement, starter, check, hints, solution."""

from pathlib import Path

import exercise
import pytest
from bs4 import BeautifulSoup

from tests.book.small_book import build

TEXT = '''---
title: First steps
kernelspec:
  name: python3
  display_name: Python 3
---

# First steps

+++ {"exercise": "add_bias"}

## 0.1 Add a bias to every row

Return $x + b$, row by row.

```{code-cell}
:solution: add_bias
def add_bias(x, b):
    """Add b to every row of x."""
    ### BEGIN SOLUTION
    return x + b
    ### END SOLUTION
```

```{code-cell}
:check: add_bias
check("add_bias", add_bias)
```

+++ {"hints": "add_bias"}

- Look at the shapes.
- NumPy lines up the last axes.
- One plus sign:

  ```python
  x + ...
  ```

+++
'''


@pytest.fixture
def solutions(tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "solutions"
    folder.mkdir()
    (folder / "00-introduction.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(exercise, "SOLUTIONS", folder)
    return folder


@pytest.fixture
def card(solutions: Path, tmp_path: Path) -> BeautifulSoup:  # noqa: ARG001
    page = "# One\n```{exercise} add_bias\n```\nSee {ref}`add_bias`."
    return build(book(tmp_path), "exercise", {"index": page})["index"].select_one("#add_bias")


def book(tmp_path: Path) -> Path:
    (tmp_path / "book").mkdir()
    return tmp_path / "book"


def test_it_says_which_exercise_it_is(card) -> None:
    assert card["data-exercise"] == "add_bias"
    assert card["aria-label"] == "Exercise 0.1 Add a bias to every row"
    assert card.select_one(".exercise-title").text == "Exercise 0.1 Add a bias to every row"


def test_it_says_points_time_and_difficulty(card) -> None:
    facts = [span.text for span in card.select(".exercise-facts span")]

    assert facts == ["2 points", "about 5 minutes", "●○○ difficulty 1 of 3"]


def test_it_shows_the_statement_without_its_heading(card) -> None:
    assert "row by row" in card.text
    assert not card.select("h1, h2, h3, .rubric")


def test_it_shows_the_starter_and_the_check_but_no_solution(card) -> None:
    starter = card.select_one(".starter").text

    assert "def add_bias(x, b):" in starter
    assert "NotImplementedError" in starter
    assert "return x + b" not in starter
    assert card.select_one(".check").text.strip() == 'check("add_bias", add_bias)'


def test_hints_and_solution_are_closed_and_the_solution_warns_first(card) -> None:
    titles = [summary.get_text(strip=True) for summary in card.select("details > summary")]

    assert len(card.select("details.exercise-hint")) == 3
    assert titles == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Solution"]
    assert not card.select("details[open]")
    solution = card.select("details")[-1].text
    assert solution.index("Try it first") < solution.index("return x + b")
    assert "BEGIN" not in card.text


def test_a_site_for_a_class_can_leave_the_solutions_out(solutions, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("NO_SOLUTIONS", "1")

    made = build(book(tmp_path), "exercise", {"index": "# One\n```{exercise} add_bias\n```"})

    assert len(made["index"].select("details.exercise-hint")) == 3
    assert "return x + b" not in made["index"].text


def test_it_can_be_linked_by_its_slug(solutions: Path, tmp_path: Path) -> None:  # noqa: ARG001
    page = "# One\n```{exercise} add_bias\n```\nSee {ref}`add_bias`."

    made = build(book(tmp_path), "exercise", {"index": page})["index"]

    assert made.select_one('a[href="#add_bias"]').text == "0.1 Add a bias to every row"


def test_an_unknown_exercise_stops_the_build(solutions: Path, tmp_path: Path) -> None:  # noqa: ARG001
    page = "# One\n```{exercise} add_bais\n```"

    with pytest.raises(AssertionError, match="there is no exercise 'add_bais'"):
        build(book(tmp_path), "exercise", {"index": page})


def test_a_broken_text_stops_the_build_with_its_line(solutions: Path, tmp_path: Path) -> None:
    broken = TEXT.replace("return x + b\n", "return x +\n")
    (solutions / "00-introduction.md").write_text(broken, encoding="utf-8")

    with pytest.raises(AssertionError, match="00-introduction.md:[0-9]+: this is not Python"):
        build(book(tmp_path), "exercise", {"index": "# One\n```{exercise} add_bias\n```"})


def test_a_link_finds_an_exercise_that_is_named_in_capital_letters(tmp_path: Path) -> None:
    page = "# One\n```{exercise} LeNet\n```\nSee {ref}`LeNet`."

    built = build(book(tmp_path), "exercise", {"index": page})["index"]

    assert built.select_one('a[href="#LeNet"]').text.startswith("8.1")
