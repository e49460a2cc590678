"""Right answers pass, known mistakes fail and are told apart: exercises 4.1 to 4.6."""

from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from grader.alike import alike
from grader.diagnose import Trial, attempt, diagnose
from grader.exercises import find
from grader.exercises.batch_normalization.configs import CONFIGS
from grader.expected import live_outputs
from grader.from_file import run_file
from grader.judge import judge
from grader.mistakes import mistakes_of
from grader.run import Outcome

SLUGS = (
    "bn_forward_train",
    "bn_eval",
    "bn_backward",
    "spatial_bn",
    "fold_bn",
    "to_torch_momentum",
)
STYLES = sorted((Path(__file__).parents[1] / "styles" / "batch_normalization").glob("*.py"))
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


@pytest.mark.parametrize("config", CONFIGS, ids=lambda config: config.title)
def test_a_grown_batch_keeps_its_features(config):
    for seed in range(20):
        grown = config.grown(np.random.default_rng(seed))

        pairs = list(combinations(range(len(config.shape)), 2))
        assert [grown.shape[i] == grown.shape[j] for i, j in pairs] == [
            config.shape[i] == config.shape[j] for i, j in pairs
        ]
        assert all((a == 1) == (b == 1) for a, b in zip(config.shape, grown.shape, strict=True))
        assert all(
            b == a for a, b in zip(config.shape, grown.shape, strict=True) if a in grown.kept
        )


def test_the_worked_example_is_the_first_case():
    for slug, wanted in (
        ("bn_forward_train", ([-1.6833, 0.1056, 1.8944, 3.6833], [0.4], [1.5667])),
        ("bn_backward", ([0.2683, -0.3578, -0.0894, 0.1789], [-1.3416], [1.0])),
    ):
        (case, *_), (right, *_) = plain_cases(slug, slug, None)

        assert case.title == "four numbers"
        for received, expected in zip(right, wanted, strict=True):
            assert received.ravel() == pytest.approx(expected, abs=5e-5)


def test_updating_the_running_statistics_in_place_costs_the_robust_group_alone():
    right = styled(STYLES[0], "bn_forward_train")[0]

    def in_place(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
        y, mean, var = right(x, gamma, beta, running_mean, running_var, momentum, eps)
        running_mean[...], running_var[...] = mean, var
        return y, mean, var

    verdict = judge("bn_forward_train", in_place)

    assert [group.name for group in verdict.groups if group.failed] == ["robust"]


def in_one_pass(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5):
    """A normalization by the mean square less the squared mean, on a table."""
    table = np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])
    m, mean = len(table), table.mean(0)
    var = (table * table).sum(0) / m - mean * mean
    y = gamma * (table - mean) / np.sqrt(var + eps) + beta
    running = zip((running_mean, running_var), (mean, var * m / (m - 1)), strict=True)
    mixed = ((1 - momentum) * old + momentum * new for old, new in running)
    images = np.moveaxis(y.reshape(np.moveaxis(x, 1, -1).shape), -1, 1)
    return (images, *mixed)


@pytest.mark.parametrize("slug", ["bn_forward_train", "spatial_bn"])
def test_a_variance_in_one_pass_costs_the_edge_group_and_is_named(slug):
    for seed in (None, 1, 2, 3):
        verdict = judge(slug, in_one_pass, seed=seed)

        failed = {group.name for group in verdict.groups if group.failed}
        assert {"edge"} <= failed <= {"edge", "float32"}
        assert verdict.mistake == "digits_lost"


@pytest.mark.parametrize("slug", ["bn_forward_train", "bn_backward", "spatial_bn"])
def test_batches_very_far_from_zero_are_not_tried_in_float32(slug):
    dtypes = {case.dtype for case in find(slug).cases() if "very far" in case.title}

    assert dtypes == {"float64"}
