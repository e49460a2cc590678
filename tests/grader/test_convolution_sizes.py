"""Right answers pass, known mistakes fail and are told apart: exercises 1.1, 1.6, 1.7, 1.9."""

import sys
from functools import cache
from importlib import util
from itertools import combinations
from pathlib import Path

import pytest

from grader.alike import alike
from grader.diagnose import attempt
from grader.exercises import find
from grader.expected import live_outputs
from grader.judge import judge
from grader.mistakes import mistakes_of

SLUGS = ("conv_out", "describe", "receptive_field", "equivariance_gap")
STYLES = sorted((Path(__file__).parents[1] / "styles" / "convolution_sizes").glob("*.py"))
VARIANTS = [
    (slug, mistake, i)
    for slug in SLUGS
    for mistake in mistakes_of(find(slug))
    for i in range(len(mistake.variants))
]
MISTAKES = [(slug, mistake) for slug in SLUGS for mistake in mistakes_of(find(slug))]


def styled(path, slug):
    """The functions of an exercise, written in one style."""
    spec = util.spec_from_file_location(f"style_{path.stem}", path)
    module = util.module_from_spec(spec)
    # `dataclass` looks its module up while the module is still being run.
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


def results(slug, mistake, i, seed):
    """What a variant returns on every case; None where it raises an exception."""
    cases, _ = plain_cases(slug, mistake.function, seed)
    return [attempt(mistake.variants[i], case)[0] for case in cases]


def agree(one, other):
    """Whether two lists of results are alike throughout."""
    return all(alike(a, b, rtol=1e-9, atol=1e-11) for a, b in zip(one, other, strict=True))


def name(value):
    """A readable test id."""
    return getattr(value, "slug", getattr(value, "stem", None))


@pytest.mark.parametrize("seed", [None, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("style", STYLES, ids=name)
def test_every_right_style_passes(style, slug, seed):
    verdict = judge(slug, *styled(style, slug), seed=seed)

    assert verdict.passed, verdict.to_text()
    assert verdict.points == verdict.max_points


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
@pytest.mark.parametrize(("slug", "mistake", "i"), VARIANTS, ids=name)
def test_every_known_mistake_fails(slug, mistake, i, seed):
    _, right = plain_cases(slug, mistake.function, seed)

    received = results(slug, mistake, i, seed)

    assert not agree(received, right)


@pytest.mark.parametrize(("slug", "mistake", "i"), VARIANTS, ids=name)
def test_every_known_mistake_is_named_as_itself(slug, mistake, i):
    functions = [
        mistake.variants[i] if function.name == mistake.function else right
        for function, right in zip(find(slug).functions, styled(STYLES[0], slug), strict=True)
    ]

    verdict = judge(slug, *functions)

    assert (verdict.passed, verdict.mistake) == (False, mistake.slug)
    assert verdict.message == mistake.message


@pytest.mark.parametrize("slug", SLUGS)
def test_no_two_mistakes_look_the_same(slug):
    seen = [
        (mistake.slug, mistake.function, results(slug, mistake, i, None))
        for mistake in mistakes_of(find(slug))
        for i in range(len(mistake.variants))
    ]
    pairs = [(a, b) for a, b in combinations(seen, 2) if a[0] != b[0] and a[1] == b[1]]

    mixed_up = [(a[0], b[0]) for a, b in pairs if agree(a[2], b[2])]

    assert mixed_up == []


@pytest.mark.parametrize("slug", SLUGS)
def test_slugs_of_mistakes_are_unique(slug):
    slugs = [mistake.slug for mistake in mistakes_of(find(slug))]

    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize(
    ("title", "total"),
    [
        ("the Keras model with 19,189 parameters", 19_189),
        ("LeNet", 61_706),
        ("AlexNet", 46_764_746),
    ],
)
def test_known_networks_have_their_known_number_of_parameters(title, total):
    cases, right = plain_cases("describe", "describe", None)

    layers = next(output for case, output in zip(cases, right, strict=True) if case.title == title)

    assert sum(parameters for _, parameters in layers) == total


def test_hand_made_sizes():
    _, sizes = plain_cases("conv_out", "conv_out", None)
    _, pads = plain_cases("conv_out", "same_pads", None)

    assert sizes == [3, 3, 1, 6, 2, 4, 3, 2, 3, 3, 1, 2, 7, 4, 112, 55]
    assert pads[:6] == [(1, 1), (0, 1), (1, 2), (1, 1), (2, 2), (1, 2)]


def test_hand_made_receptive_fields():
    cases, fields = plain_cases("receptive_field", "receptive_field", None)
    by_title = dict(zip((case.title for case in cases), fields, strict=True))

    assert by_title["stride 2, then a convolution"] == [(3, 2), (7, 2)]
    assert by_title["dilations 1, 2, 4"] == [(3, 1), (7, 1), (15, 1)]
    assert [r for r, _ in by_title["LeNet"]] == [5, 5, 6, 14, 14, 16, 32]


def test_a_function_can_be_pasted():
    case = find("equivariance_gap").cases()[0]

    f, x = case.inputs()["f"], case.inputs()["x"]

    assert f.paste == "lambda x: 2 * x"
    assert (f(x) == 2 * x).all()
