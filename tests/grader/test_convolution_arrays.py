"""Right answers pass, known mistakes fail and are told apart: exercises 1.2 to 1.5 and 1.8."""

from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from grader.alike import alike
from grader.diagnose import Trial, attempt, diagnose
from grader.exercises import find
from grader.exercises.convolution.configs import CONFIGS
from grader.expected import live_outputs
from grader.from_file import run_file
from grader.judge import judge
from grader.mistakes import mistakes_of
from grader.run import Outcome

SLUGS = ("cross_correlate2d", "conv2d_forward", "conv2d_backward", "im2col", "conv1x1")
STYLES = sorted((Path(__file__).parents[1] / "styles" / "convolution").glob("*.py"))
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
        if case.function == function and case.dtype == "float64"
        if not case.views and case.baseline is None
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

    required = [group for group in verdict.groups if not group.bonus]
    assert verdict.passed, verdict.to_text()
    assert all(group.points == group.max_points for group in required)


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
        if all(trial.outcome.problem for trial in found if not trial.passed):
            continue  # code that only crashes has no numbers to be recognised by

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


@pytest.mark.parametrize("config", CONFIGS, ids=lambda config: config.title)
def test_a_grown_configuration_keeps_its_features(config):
    for seed in range(20):
        grown = config.grown(np.random.default_rng(seed))

        assert grown.settings.keys() == config.settings.keys()
        assert grown.w[1] * grown.groups == grown.x[1]
        assert grown.w[0] % grown.groups == 0
        assert (grown.w[0] == grown.x[1]) == (config.w[0] == config.x[1])
        assert grown.w[2:] == (grown.x[2:] if config.w[2:] == config.x[2:] else config.w[2:])
        assert min(grown.out) > 0


def test_four_loops_do_not_win_the_race():
    case = next(case for case in find("im2col").cases() if case.baseline)

    functions = styled(STYLES[0], "im2col")
    verdict = judge("im2col", *functions[:2], lambda x, w, b, *a, **k: slow(case, x, w, b, *a, **k))

    speed = next(group for group in verdict.groups if group.name == "speed")
    assert speed.points == 0


def slow(case, x, w, b, *args, **settings):
    """The right result, but on the race by four loops."""
    if x.shape[2:] == case.inputs()["x"].shape[2:]:
        return case.baseline(x, w, b)
    return styled(STYLES[0], "im2col")[2](x, w, b, *args, **settings)
