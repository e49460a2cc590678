"""Right answers pass, known mistakes fail and are told apart: exercises 3.1 to 3.6."""

import sys
from functools import cache
from importlib import util
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from grader.alike import alike
from grader.diagnose import attempt
from grader.exercises import find
from grader.exercises.convolution.equivariance_gap import pasted
from grader.exercises.fully_connected.numerical_grad import FUNCTIONS
from grader.exercises.fully_connected.sizes import grown
from grader.expected import live_outputs
from grader.judge import judge
from grader.mistakes import mistakes_of
from grader.references.fully_connected import numerical_grad

SLUGS = ("linear", "relu", "softmax_cross_entropy", "flatten", "numerical_grad", "head_params")
STYLES = sorted((Path(__file__).parents[1] / "styles" / "fully_connected").glob("*.py"))
MISTAKES = [(slug, mistake) for slug in SLUGS for mistake in mistakes_of(find(slug))]

# Every mistake meets every case many times below, and always does the same.
remembered = cache(attempt)


@pytest.fixture(autouse=True)
def _remember_attempts(monkeypatch):
    monkeypatch.setattr("grader.diagnose.attempt", remembered)


@cache
def styled(path, slug):
    """The functions of an exercise, written in one style."""
    spec = util.spec_from_file_location(f"fully_connected_{path.stem}", path)
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return [getattr(module, function.name) for function in find(slug).functions]


@cache
def plain_cases(slug, function, seed):
    """The float64 cases of a function with torch's outputs."""
    exercise = find(slug)
    chosen = tuple(
        case
        for case in exercise.cases(seed)
        if case.function == function and case.dtype == "float64" and not case.views
    )
    return chosen, live_outputs(exercise, chosen)


@cache
def results(slug, mistake, i, seed):
    """What a variant returns on every case, and whether it raises an exception there."""
    cases, _ = plain_cases(slug, mistake.function, seed)
    return [remembered(mistake.variants[i], case) for case in cases]


def agree(one, other, limits):
    """Whether two lists of results are alike throughout."""
    return all(
        a[1] == b[1] and (a[1] or alike(a[0], b[0], rtol=limits[0], atol=limits[1]))
        for a, b in zip(one, other, strict=True)
    )


def name(value):
    """A readable test id."""
    return getattr(value, "slug", getattr(value, "stem", None))


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("style", STYLES, ids=name)
def test_every_right_style_passes(style, slug, seed):
    verdict = judge(slug, *styled(style, slug), seed=seed)

    assert verdict.points == verdict.max_points, verdict.to_text()


@pytest.mark.parametrize("seed", [None, 1, 2])
@pytest.mark.parametrize(("slug", "mistake"), MISTAKES, ids=name)
def test_every_known_mistake_fails(slug, mistake, seed):
    limits = find(slug).limits("float64")
    right = [(value, False) for value in plain_cases(slug, mistake.function, seed)[1]]

    for i in range(len(mistake.variants)):
        assert not agree(results(slug, mistake, i, seed), right, limits), i


@pytest.mark.parametrize("slug", SLUGS)
def test_no_two_mistakes_agree_on_all_visible_cases(slug):
    limits = find(slug).limits("float64")
    for one, other in combinations(mistakes_of(find(slug)), 2):
        if one.function == other.function:
            pairs = [
                (results(slug, one, i, None), results(slug, other, j, None))
                for i in range(len(one.variants))
                for j in range(len(other.variants))
            ]
            assert not any(agree(*pair, limits) for pair in pairs), (one.slug, other.slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_known_mistake_is_named(slug):
    right = styled(STYLES[0], slug)
    names = [function.name for function in find(slug).functions]

    for mistake in mistakes_of(find(slug)):
        place = names.index(mistake.function)
        answer = [*right[:place], mistake.variants[0], *right[place + 1 :]]
        assert judge(slug, *answer).mistake == mistake.slug


@pytest.mark.parametrize("slug", SLUGS)
def test_mistakes_have_names_and_messages_of_their_own(slug):
    known = mistakes_of(find(slug))

    assert len({mistake.slug for mistake in known}) == len(known)
    assert all(mistake.message.endswith(".") for mistake in known)


def test_the_chapter_is_worth_forty_points():
    assert sum(find(slug).max_points for slug in SLUGS) == 40


@pytest.mark.parametrize("sizes", [(1, 1, 1), (3, 3, 2), (2, 3, 4), (4, 1, 4)])
def test_grown_sizes_relate_as_before(sizes):
    for seed in range(20):
        larger = grown(sizes, np.random.default_rng(seed))

        for (a, b), (c, d) in combinations(zip(sizes, larger, strict=True), 2):
            assert (a == c) == (b == d)
        assert all((a == 1) == (b == 1) and b >= a for a, b in zip(sizes, larger, strict=True))


@pytest.mark.parametrize("text", sorted({text for _, text, *_ in FUNCTIONS}))
def test_autograd_and_the_central_difference_agree(text):
    shape = next(shape for _, listed, shape, _ in FUNCTIONS if listed == text)
    x, f, h = np.random.default_rng(0).normal(size=shape), pasted(text), 1e-5
    steps = h * np.eye(x.size).reshape(-1, *x.shape)

    tried = np.reshape([(f(x + step) - f(x - step)) / (2 * h) for step in steps], x.shape)

    np.testing.assert_allclose(tried, numerical_grad(f, x), rtol=1e-8, atol=1e-8)


def test_a_loss_may_be_any_real_number():
    slug = "softmax_cross_entropy"
    [right] = styled(STYLES[0], slug)

    for form in (float, np.float64, np.asarray, np.longdouble):
        verdict = judge(slug, lambda z, t, form=form: (form(right(z, t)[0]), right(z, t)[1]))
        assert verdict.points == verdict.max_points, verdict.to_text()


def test_a_loss_of_each_row_is_not_a_number():
    [right] = styled(STYLES[0], "softmax_cross_entropy")

    verdict = judge("softmax_cross_entropy", lambda z, t: (np.ones(len(z)), right(z, t)[1]))

    assert verdict.failure.kind == "shape"
    assert verdict.failure.output == "loss"


def test_a_gradient_computed_in_float32_loses_its_points():
    tried, error = styled(STYLES[0], "numerical_grad")

    def in_float32(f, x, h=1e-5):
        return tried(lambda moved: f(moved.astype(x.dtype)), x, h)

    verdict = judge("numerical_grad", in_float32, error)

    lost = [group.name for group in verdict.groups if not group.points]
    assert lost == ["float32"]
    assert "In float64 all is right" in verdict.message
