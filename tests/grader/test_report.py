"""The reports say the same as text, HTML and JSON, and give nothing away about hidden cases."""

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from grader import judge
from grader.compare import compare
from grader.exercises import find
from grader.heat_map import heat_map
from grader.run import Outcome


class Tags(HTMLParser):
    """Counts opening and closing tags."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("path", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "path":
            assert self.open.pop() == tag


def sum_all(x, w):
    """A wrong answer to exercise 1.2: every element is the sum of the whole image."""
    shape = (x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1)
    return np.full(shape, x.sum())


@pytest.fixture(scope="module")
def verdict():
    """The verdict of a wrong answer."""
    return judge("cross_correlate2d", sum_all)


def test_html_is_well_formed(verdict):
    tags = Tags()
    tags.feed(verdict.to_html())

    assert tags.open == []


def test_all_three_forms_give_the_message_the_numbers_and_the_points(verdict):
    numbers = re.findall(r"is (\S+); it must be (\S+)\.", verdict.failure.message)[0]
    data = json.loads(verdict.to_json())

    for form in (verdict.to_text(), re.sub("<[^>]+>", "", verdict.to_html())):
        assert "0 of 5 points" in form
        assert all(number in form for number in numbers)
    assert data["points"] == 0
    assert data["failure"]["index"] == list(verdict.failure.index)
    assert [f"{data['failure'][name]:g}" for name in ("received", "expected")] == list(numbers)


def test_the_call_to_paste_runs_and_gives_the_received_number(verdict):
    names = {"np": np, "cross_correlate2d": sum_all}
    *lines, call = verdict.failure.call.splitlines()
    exec("\n".join(lines), names)

    assert eval(call, names)[verdict.failure.index] == verdict.failure.received


def test_a_hidden_case_gives_away_no_numbers_and_no_inputs():
    verdict = judge("cross_correlate2d", sum_all, seed=123456)
    shown = " ".join(
        [verdict.to_text(), verdict.to_json(), re.sub("<style.*?style>", "", verdict.to_html())]
    )

    assert verdict.failure.hidden
    assert "it must be" not in shown
    assert "np.array" not in shown
    assert verdict.failure.received is None
    assert "123456" not in shown


def test_learner_text_is_escaped():
    def cross_correlate2d(x, w):
        print("<script>alert(1)</script>")
        raise ValueError("<img src=x onerror=alert(1)>")

    html = judge("cross_correlate2d", cross_correlate2d).to_html()

    assert "<script" not in html
    assert "<img" not in html


def test_colour_is_never_the_only_sign(verdict):
    html = verdict.to_html()

    assert html.count('<span class="unseen">not yet: </span>') == len(verdict.groups)
    assert 'role="img" aria-label=' in html


@pytest.mark.parametrize(
    "shape", [(1,), (7,), (3, 4), (2, 3, 4), (2, 3, 4, 5), (1, 1, 300, 200), (9, 64, 3, 3)]
)
def test_a_heat_map_stays_small(shape):
    svg = heat_map(np.ones(shape, dtype=bool), "y", "")

    assert svg.startswith("<figure><svg")
    assert len(svg) < 60_000


def test_a_heat_map_of_a_large_array_keeps_every_wrong_place():
    wrong = np.zeros((1, 1, 333, 333), dtype=bool)
    wrong[0, 0, 332, 332] = True

    assert heat_map(wrong, "y", "").count('class="bad" d="M') == 1


def test_outputs_that_are_right_are_named():
    exercise = find("conv2d_backward")
    case = exercise.cases()[0]
    from grader.expected import live_outputs

    dx, dw, db = live_outputs(exercise, [case])[0]

    failure = compare(exercise, case, Outcome(value=(dx, dw + 1, db)), (dx, dw, db))

    assert failure.output == "dw"
    assert failure.right == ("dx", "db")


def test_without_style_the_headline_still_reads_as_a_sentence(verdict):
    text = re.sub("<style.*?</style>|<[^>]+>", "", verdict.to_html())

    assert text.startswith("✗ cross_correlate2d not yet: 0 of 5 points")


def test_the_map_is_taken_from_the_group_of_the_failure(verdict):
    failure = verdict.failure
    titles = [c.title for c in find("cross_correlate2d").cases() if c.group == failure.group]

    assert failure.wrong_case in titles
