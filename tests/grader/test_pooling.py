"""Right answers pass, known mistakes fail and are told apart: exercises 2.1 to 2.6."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from grader.diagnose import diagnose
from grader.exercises import find
from grader.exercises.convolution.configs import pair
from grader.exercises.pooling import EXERCISES
from grader.exercises.pooling.digits import digits
from grader.exercises.pooling.poolings import AVERAGES, MAXIMA
from grader.from_file import run_file
from grader.judge import judge
from grader.mistakes import mistakes_of
from tests.grader.codings import agree, codings, plain_cases, remembered

SLUGS = [exercise.slug for exercise in EXERCISES]
FUNCTIONS = [(exercise.slug, f.name) for exercise in EXERCISES for f in exercise.functions]
STYLES = sorted((Path(__file__).parents[1] / "styles" / "pooling").glob("*.py"))
BY_FUNCTION = pytest.mark.parametrize(("slug", "function"), FUNCTIONS)


@pytest.fixture(autouse=True)
def _remember_attempts(monkeypatch):
    monkeypatch.setattr("grader.diagnose.attempt", remembered)


@pytest.mark.parametrize("seed", [None, 1, 2])
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.stem)
def test_every_right_style_passes(style, slug, seed):
    names = run_file(style)

    verdict = judge(slug, *(names[function.name] for function in find(slug).functions), seed=seed)

    assert verdict.points == verdict.max_points, verdict.to_text()


@pytest.mark.parametrize("seed", [None, 1])
@BY_FUNCTION
def test_every_known_mistake_fails(slug, function, seed):
    tried = codings(slug, function, seed)

    unnoticed = [name for name, trials in tried.items() if all(t.passed for t in trials)]

    assert unnoticed == []


@pytest.mark.parametrize("seed", [None, 1])
@BY_FUNCTION
def test_every_known_mistake_is_named_as_itself(slug, function, seed):
    tried = codings(slug, function, seed)

    named = {name: diagnose(find(slug), function, trials) for name, trials in tried.items()}

    assert {n: d and d.mistake.slug for n, d in named.items()} == {n: n[0] for n in named}


@BY_FUNCTION
def test_no_two_mistakes_agree_on_all_visible_cases(slug, function):
    pairs = combinations(codings(slug, function, None).items(), 2)

    twins = [(a, b) for (a, one), (b, two) in pairs if a[0] != b[0] and agree(one, two)]

    assert twins == []


@pytest.mark.parametrize("slug", SLUGS)
def test_mistakes_have_names_of_their_own_and_messages_that_end(slug):
    known = mistakes_of(find(slug))

    assert len({mistake.slug for mistake in known}) == len(known)
    assert all(mistake.message.endswith((".", "?")) for mistake in known)


@pytest.mark.parametrize(
    "config", dict.fromkeys((*MAXIMA, *AVERAGES)), ids=lambda config: config.title
)
def test_a_grown_configuration_keeps_its_features(config):
    for seed in range(20):
        grown = config.grown(np.random.default_rng(seed))

        assert grown.x[0] > config.x[0]
        assert grown.settings == config.settings
        assert [a > 1 for a in grown.out] == [a > 1 for a in config.out]
        assert leftover(grown) == leftover(config)


def leftover(config):
    """What the windows leave over at the end, or how far they stick out, along both axes."""
    sides = zip(config.x[2:], config.out, config.step, strict=True)
    return [n - (out - 1) * s if out > 1 else None for n, out, s in sides]


def reference_of(slug, function, title):
    """torch's output for a visible case."""
    [right] = [w for c, w in plain_cases(slug, function, None) if c.title == title]
    return right


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("the worked example", [[4, 2], [5, 8]]),
        ("the worked example, 3 × 3 windows, stride 1", [[7, 7], [8, 8]]),
    ],
)
def test_the_worked_example_is_as_in_the_text(title, right):
    received = reference_of("maxpool2d_forward", "maxpool2d_forward", title)

    np.testing.assert_array_equal(received[0, 0], right)


def test_hand_made_sizes():
    sizes = [right for _, right in plain_cases("pool_out", "pool_out", None)]

    assert sizes[:15] == [3, 3, 3, 1, 4, 3, 3, 4, 2, 3, 6, 4, 112, 111, 56]
    assert sizes[15:22] == [4, 3, 3, 4, 3, 4, 3]


@pytest.mark.parametrize("configs", [MAXIMA, AVERAGES], ids=["maxima", "averages"])
def test_some_padding_is_less_than_half_a_window(configs):
    sides = [(pair(c.k), pair(c.padding)) for c in configs]

    between = [(k, p) for k, p in sides if all(0 < b < a // 2 for a, b in zip(k, p, strict=True))]

    assert any(k[0] == k[1] for k, _ in between)
    assert any(k[0] != k[1] for k, _ in between)


def test_almost_a_tie_is_one_in_float32_only():
    [config] = [config for config in MAXIMA if config.fill == "close"]

    numbers = config.filled(np.random.default_rng(0))

    assert len(np.unique(numbers)) == numbers.size
    assert len(np.unique(numbers.astype(np.float32))) == 1
    assert np.all(np.diff(numbers.ravel()) > 0)


def test_the_digits_are_twenty_of_each_and_not_shared():
    one, other = digits(), digits()

    one[:] = 2

    assert other.shape == (200, 1, 28, 28)
    assert (other.min(), other.max()) == (0, 1)


def test_the_answers_hold_for_every_choice_of_digits():
    answers = [plain_cases("relative_change", "findings", seed)[0][1] for seed in range(20)]

    assert set(answers) == {(5, 4, 2)}
