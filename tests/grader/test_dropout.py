"""Right answers pass, known mistakes fail and are told apart: exercises 5.1 to 5.5."""

from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from grader.alike import alike
from grader.diagnose import Trial, attempt, diagnose
from grader.exercises import find
from grader.expected import live_outputs
from grader.from_file import run_file
from grader.judge import judge
from grader.mistakes import mistakes_of
from grader.references import dropout as references
from grader.run import Outcome

SLUGS = ("dropout", "to_inverted", "dropout2d", "dropconnect", "dropout_moments")
STYLES = sorted((Path(__file__).parents[1] / "styles" / "dropout").glob("*.py"))
MISTAKES = [(slug, mistake) for slug in SLUGS for mistake in mistakes_of(find(slug))]


# Every mistake meets every case many times below, and always does the same.
remembered = cache(attempt)


@pytest.fixture(autouse=True)
def _remember_attempts(monkeypatch):
    monkeypatch.setattr("grader.diagnose.attempt", remembered)


def name(value):
    """A readable test id."""
    return getattr(value, "slug", getattr(value, "stem", None))


@cache
def styled(path, slug):
    """The functions of an exercise, written in one style."""
    names = run_file(path)
    return [names[function.name] for function in find(slug).functions]


@cache
def plain_cases(slug, function, seed):
    """The float64 cases of a function with torch's outputs."""
    chosen = tuple(
        case
        for case in find(slug).cases(seed)
        if case.function == function and case.dtype == "float64" and not case.views
    )
    return chosen, live_outputs(find(slug), chosen)


@cache
def trials(slug, mistake, i, seed):
    """What a variant does on every case, as the diagnosis sees it."""
    found = []
    for case, right in zip(*plain_cases(slug, mistake.function, seed), strict=True):
        value, raised = remembered(mistake.variants[i], case)
        outcome = Outcome(problem="crash", detail=raised) if raised else Outcome(value=value)
        passed = not raised and alike(value, right, rtol=1e-9, atol=1e-11)
        found.append(Trial(case, outcome, right, passed=passed))
    return found


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("style", STYLES, ids=name)
def test_every_right_style_passes(style, slug, seed):
    verdict = judge(slug, *styled(style, slug), seed=seed)

    assert verdict.passed, verdict.to_text()
    assert verdict.points == verdict.max_points


@pytest.mark.parametrize("seed", [None, 1, 2])
@pytest.mark.parametrize(("slug", "mistake"), MISTAKES, ids=name)
def test_every_known_mistake_fails(slug, mistake, seed):
    for i in range(len(mistake.variants)):
        assert not all(trial.passed for trial in trials(slug, mistake, i, seed)), i


@pytest.mark.parametrize("seed", [None, 1])
@pytest.mark.parametrize(("slug", "mistake"), MISTAKES, ids=name)
def test_every_known_mistake_is_named(slug, mistake, seed):
    for i in range(len(mistake.variants)):
        found = trials(slug, mistake, i, seed)

        diagnosis = diagnose(find(slug), mistake.function, found)

        assert diagnosis.mistake.slug == mistake.slug, i


@pytest.mark.parametrize("slug", SLUGS)
def test_no_two_mistakes_agree_on_all_visible_cases(slug):
    for one, other in combinations(mistakes_of(find(slug)), 2):
        if one.function == other.function:
            pairs = [
                (trials(slug, one, i, None), trials(slug, other, j, None))
                for i in range(len(one.variants))
                for j in range(len(other.variants))
            ]
            assert not any(agree(*pair) for pair in pairs), (one.slug, other.slug)


def agree(one, other):
    """Whether two variants do the same throughout."""
    return all(
        a.outcome.problem == b.outcome.problem
        and (a.outcome.problem or alike(a.outcome.value, b.outcome.value, rtol=1e-9, atol=1e-11))
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_mistakes_have_names_and_messages_of_their_own(slug):
    known = mistakes_of(find(slug))

    assert len({mistake.slug for mistake in known}) == len(known)
    assert all(mistake.message.endswith(".") for mistake in known)


def test_the_worked_example_is_the_first_case():
    for function, wanted in (
        ("dropout", ([0, 4, 0, 8], [0, 2, 0, 2])),
        ("dropout_backward", [0, 4, 0, 8]),
    ):
        (case, *_), (right, *_) = plain_cases("dropout", function, None)

        assert case.title == "the worked example"
        np.testing.assert_array_equal(right, wanted)


@pytest.mark.parametrize("slug", ["dropout", "dropout2d", "dropconnect"])
def test_draws_lie_on_both_sides_of_p_and_on_it(slug):
    for seed in (None, 1, 2, 3):
        cases, _ = plain_cases(slug, slug, seed)
        ties = 0
        for inputs in (case.inputs() for case in cases):
            u, p = inputs["u"], inputs["p"]
            ties += (u == p).any()
            assert ((u >= 0) & (u < 1)).all()
            assert u.size == 1 or p in (0, 1) or ((u < p).any() and (u >= p).any())
        assert ties > 5


@pytest.mark.parametrize("slug", ["dropout", "dropout2d", "dropconnect"])
def test_float32_draws_decide_as_float64_ones_do(slug):
    for seed in (None, 1):
        for case in find(slug).cases(seed):
            inputs = case.inputs()
            if "u" in inputs:
                wide = inputs["u"].astype(np.float64)
                np.testing.assert_array_equal(inputs["u"] >= inputs["p"], wide >= inputs["p"])


def told_draws(kept, p):
    """Draws that keep what torch has kept."""
    return np.where(kept, (1 + p) / 2, p / 2)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("train", [True, False])
def test_the_reference_does_what_torch_does_with_its_own_draws(p, train):
    x = np.random.default_rng(0).normal(size=(40, 30))
    torch.manual_seed(0)
    twin = functional.dropout(torch.tensor(x), p, training=train).numpy()

    y, mask = references.dropout(x, told_draws(twin != 0, p), p, train)

    np.testing.assert_allclose(y, twin, rtol=1e-12)
    np.testing.assert_allclose(mask, twin / x, rtol=1e-12)


@pytest.mark.parametrize("p", [0.2, 0.5, 1.0])
def test_the_spatial_reference_does_what_torch_does_with_its_own_draws(p):
    x = np.random.default_rng(0).normal(size=(6, 5, 3, 4))
    torch.manual_seed(0)
    twin = functional.dropout2d(torch.tensor(x), p, training=True).numpy()

    y, mask = references.dropout2d(x, told_draws(twin[:, :, 0, 0] != 0, p), p, True)

    np.testing.assert_allclose(y, twin, rtol=1e-12)
    np.testing.assert_allclose(mask, twin[:, :, 0, 0] / x[:, :, 0, 0], rtol=1e-12)


def test_the_converted_network_does_in_both_modes_what_the_old_one_did():
    rng = np.random.default_rng(0)
    x, w, b, p = rng.normal(size=(4, 6)), rng.normal(size=(3, 6)), rng.normal(size=3), 0.3
    u = rng.random(x.shape)
    converted = references.to_inverted(w, p)

    for train in (True, False):
        new = references.dropout(x, u, p, train)[0] @ converted.T + b
        old = x * (u >= p) @ w.T + b if train else references.predict_old(x, w, b, p)

        np.testing.assert_allclose(new, old, rtol=1e-12)


def test_the_moments_are_those_of_many_draws():
    rng = np.random.default_rng(0)
    x, w, b, p = rng.normal(size=(1, 5)), rng.normal(size=(2, 5)), rng.normal(size=2), 0.4
    draws = rng.random((200_000, 5))
    y = references.dropout(x * np.ones_like(draws), draws, p, True)[0] @ w.T + b

    mean, var = references.dropout_moments(x, w, b, p)

    error = np.sqrt(var[0] / len(draws))
    assert (np.abs(y.mean(0) - mean[0]) < 4 * error).all()
    np.testing.assert_allclose(y.var(0), var[0], rtol=0.02)
