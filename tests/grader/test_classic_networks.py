"""Right answers pass, known mistakes fail and are told apart: exercises 8.1 to 8.9."""

from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from grader.alike import alike
from grader.diagnose import Trial, attempt, diagnose
from grader.exercises import find
from grader.exercises.classic_networks.data import load
from grader.exercises.classic_networks.named_grads import first_and_grads
from grader.exercises.classic_networks.words import word, words
from grader.exercises.convolution.networks import DROPOUT, RELU, conv, maxpool
from grader.expected import live_outputs
from grader.from_file import run_file
from grader.judge import judge
from grader.mistakes import mistakes_of
from grader.references.networks import NETWORKS, summary
from grader.run import Outcome

SLUGS = (
    "LeNet",
    "expand",
    "alexnet",
    "vgg",
    "inception",
    "residual_forward",
    "grad_norms",
    "summary",
)
STYLES = sorted((Path(__file__).parents[1] / "styles" / "classic_networks").glob("*.py"))
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


@pytest.mark.parametrize("seed", [None, 1, 2])
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("style", STYLES, ids=name)
def test_every_right_style_passes(style, slug, seed):
    verdict = judge(slug, *styled(style, slug), seed=seed)

    assert verdict.passed, verdict.to_text()
    assert verdict.points == verdict.max_points


@pytest.mark.parametrize("seed", [None, 1])
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


@pytest.mark.parametrize("slug", [*SLUGS, "train_lenet"])
def test_mistakes_have_names_and_messages_of_their_own(slug):
    known = mistakes_of(find(slug))
    names = [(mistake.function, mistake.slug) for mistake in known]

    assert len(set(names)) == len(names)
    assert all(mistake.message.endswith(".") for mistake in known)


# Curriculum and published counts; variants that are no exercise are counted in torch all the same.
COUNTS = {
    "lenet": 61_706,
    "alexnet": 60_965_224,
    "vgg11": 132_863_336,
    "vgg13": 133_047_848,
    "vgg16": 138_357_544,
    "vgg19": 143_667_240,
    "nin": 7_439_608,
    "googlenet": 6_998_552,
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet50": 25_557_032,
}


def test_torchs_networks_have_the_known_numbers_of_parameters():
    counts = {key: summary(key, *((1, 10) if key == "lenet" else (3, 1000))) for key in NETWORKS}

    assert counts == COUNTS


def test_one_forgotten_mode_of_a_block_is_told_by_its_group():
    forward, backward = styled(STYLES[0], "residual_forward")

    verdict = judge("residual_forward", forward, lambda *_, **__: None)

    assert {group.name for group in verdict.groups if group.passed} == {
        "forward",
        "forward, edge",
    }


WORDS = {
    "a convolution": (conv(96, 11, s=4), "conv out=96 k=11 s=4"),
    "what is as usual": (conv(6, 5, s=1, p=0, groups=1, bias=True), "conv out=6 k=5"),
    "pairs of equal numbers": (conv(6, (3, 3), p=(1, 1)), "conv out=6 k=3 p=1"),
    "pairs of different numbers": (conv(6, (3, 2)), "conv out=6 k=(3, 2)"),
    "a pool": (maxpool(3, s=2), "maxpool k=3 s=2"),
    "a pool's usual stride": (maxpool(2), "maxpool k=2 s=2"),
    "the same stride, given": (maxpool(2, s=2), "maxpool k=2 s=2"),
}


@pytest.mark.parametrize(("layer", "wanted"), WORDS.values(), ids=WORDS.keys())
def test_a_layer_has_one_word_however_it_is_written(layer, wanted):
    assert word(layer, 0) == wanted


def test_dropout_may_be_there_or_not():
    assert words([RELU, DROPOUT, RELU]) == words((RELU, RELU))


BAD_LAYERS = {
    "no dict": ("conv", "layer 0 is no dict"),
    "no kind": ({"out": 3}, "layer 0 is no dict with a 'kind'"),
    "an unknown kind": ({"kind": "Conv2d"}, "layer 0 has the kind 'Conv2d'; there are: conv"),
    "an unknown key": (conv(3, 3, stride=2), "layer 0, conv, has no key 'stride'"),
    "a key missing": ({"kind": "conv", "k": 3}, "layer 0, conv, needs the key 'out'"),
}


@pytest.mark.parametrize(("layer", "message"), BAD_LAYERS.values(), ids=BAD_LAYERS.keys())
def test_a_layer_in_another_form_is_told_what_it_lacks(layer, message):
    with pytest.raises(ValueError, match=message):
        word(layer, 0)


@pytest.mark.parametrize(("net", "got"), [(None, "is a `return` missing"), ("conv", "a str")])
def test_no_list_of_layers_is_told(net, got):
    with pytest.raises(ValueError, match=got):
        words(net)


BAD_GRADS = {
    "nothing": (None, "two things, loss and grads, and not None: is a `return` missing"),
    "grads alone": ({"w": 1}, "two things, loss and grads, and not a dict"),
    "a list": ((1.0, [1]), "grads must be a dict with the names of params, not a list"),
    "another name": ((1.0, {"weight": 1}), "grads has no 'w'"),
}


@pytest.mark.parametrize(("answer", "message"), BAD_GRADS.values(), ids=BAD_GRADS.keys())
def test_gradients_in_another_form_are_told_what_they_lack(answer, message):
    with pytest.raises(ValueError, match=message):
        first_and_grads(answer, "loss", {"w": 0})


@pytest.mark.parametrize("slug", ["LeNet", "expand", "vgg", "grad_norms", "summary"])
def test_a_typing_error_is_no_known_mistake(slug):
    def misspelt(*given, **options):
        return nothing_of_that_name  # noqa: F821

    verdict = judge(slug, *[misspelt] * len(find(slug).functions))

    assert verdict.mistake is None
    assert "NameError" in verdict.message


def test_a_list_may_be_an_empty_array_or_one_of_words():
    *_, sides = styled(STYLES[0], "alexnet")
    norms, fates = styled(STYLES[0], "grad_norms")

    assert judge("alexnet", None, lambda *given: np.array(sides(*given))).points == 1
    assert judge("grad_norms", norms, lambda *given: np.array(fates(*given))).passed


# The hidden training takes seconds; one right style in one set of cases is enough here, since
# `test_catch_rate` has the others.
def test_a_right_training_passes_on_hidden_images_too():
    verdict = judge("train_lenet", *styled(STYLES[1], "train_lenet"), seed=1)

    assert verdict.points == verdict.max_points == 15, verdict.to_text()


@pytest.mark.parametrize("mistake", mistakes_of(find("train_lenet")), ids=name)
def test_every_symptom_of_a_training_is_named(mistake):
    for variant in mistake.variants:
        for seed in (None, 1):
            verdict = judge("train_lenet", variant, seed=seed)

            assert not verdict.passed
            assert verdict.mistake == mistake.slug


def test_guesses_looked_up_by_their_images_do_not_pass_hidden_cases():
    digits = load("digits")
    known = {image.tobytes(): i for i, image in enumerate(digits.x_new)}
    visible = live_outputs(find("train_lenet"), find("train_lenet").cases()[1:2])[0]

    def stolen(x, t, x_new, epochs, seed):
        guesses = [int(visible[known[i.tobytes()]]) if i.tobytes() in known else 0 for i in x_new]
        return np.linspace(2, 0.1, epochs), np.array(guesses)

    passed = {group.name for group in judge("train_lenet", stolen).groups if group.passed}
    hidden = [judge("train_lenet", stolen, seed=seed) for seed in (1, 2, 3)]

    assert passed == {"digits", "digits, 95.5 %"}
    assert not any(group.passed for verdict in hidden for group in verdict.groups)


def test_a_training_that_changes_its_images_or_draws_without_the_seed_is_noticed():
    [right] = styled(STYLES[1], "train_lenet")
    random = np.random.default_rng(0)

    def greedy(x, t, x_new, epochs, seed):
        x -= x.mean()
        return right(x, t, x_new, epochs, seed)

    def unseeded(x, t, x_new, epochs, seed):
        return right(x, t, x_new, epochs, random.integers(1000))

    for answer, message in ((greedy, "changes its input `x`"), (unseeded, "another result")):
        verdict = judge("train_lenet", answer)
        failed = {group.name for group in verdict.groups if group.failed}
        assert "digits" in failed
        assert message in verdict.message
