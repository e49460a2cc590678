"""Right answers pass, known mistakes fail and are told apart: exercises 6.1 to 6.6."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from grader.diagnose import diagnose
from grader.exercises import find
from grader.exercises.regularization import EXERCISES
from grader.from_file import run_file
from grader.judge import judge
from grader.mistakes import mistakes_of
from tests.grader.codings import agree, codings, plain_cases, remembered

SLUGS = [exercise.slug for exercise in EXERCISES]
FUNCTIONS = [(exercise.slug, f.name) for exercise in EXERCISES for f in exercise.functions]
STYLES = sorted((Path(__file__).parents[1] / "styles" / "regularization").glob("*.py"))
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


@pytest.mark.parametrize("seed", [None, 1, 2])
@BY_FUNCTION
def test_every_known_mistake_fails(slug, function, seed):
    tried = codings(slug, function, seed)

    unnoticed = [name for name, trials in tried.items() if all(t.passed for t in trials)]

    assert unnoticed == []


@pytest.mark.parametrize("seed", [None, 1, 2])
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


def right(slug, function, seed=None):
    """The inputs and torch's output of each float64 case, by title."""
    return {
        case.title: (case.inputs(), output) for case, output in plain_cases(slug, function, seed)
    }


def test_the_worked_example_is_the_first_case():
    (inputs, (loss, grads)) = next(iter(right("l2", "l2").values()))

    assert inputs["lam"] == 1e-4
    assert loss == pytest.approx(0.0013)
    assert grads[0] == pytest.approx([6e-4, -4e-4])


def test_the_worked_step_is_the_same_in_torch_and_in_keras():
    steps = right("decayed_step", "decayed_step")

    for title in ("torch, no gradient", "Keras, no gradient"):
        assert steps[title][1] == pytest.approx([2.99994, -1.99996])


SEEDS = [None, *range(30)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_run_lies_on_a_border_exactly_or_clearly_beside_it(seed):
    for title, (inputs, _) in right("diagnose", "diagnose", seed).items():
        windows = [inputs[name][-8:].reshape(2, 4).mean(1) for name in ("train_err", "val_err")]
        (before, train), (val_before, val) = windows
        falls = [before - train - 2, val_before - val - 2]
        for excess in (*falls, train - inputs["baseline"] - 5, val - train - 5):
            assert excess == 0 or abs(excess) > 0.2, title


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hidden_run_has_the_diagnosis_of_the_visible_one(seed):
    visible, hidden = right("diagnose", "diagnose"), right("diagnose", "diagnose", seed)

    assert {t: answer for t, (_, answer) in hidden.items()} == {
        t: answer for t, (_, answer) in visible.items()
    }


def test_no_error_of_a_run_is_negative_or_above_100():
    for seed in SEEDS:
        for inputs, _ in right("diagnose", "diagnose", seed).values():
            errors = np.concatenate([inputs["train_err"], inputs["val_err"]])
            assert 0 <= errors.min() <= errors.max() <= 100


def test_the_last_epoch_misleads_in_most_noisy_runs():
    tried = codings("diagnose", "diagnose", None)["last_points", 0]

    misled = [trial for trial in tried if trial.case.group == "curves" and not trial.passed]

    assert len(misled) >= 6


def test_losses_and_min_delta_are_exact_in_floating_point():
    for seed in SEEDS:
        for inputs, _ in right("early_stopping", "early_stopping", seed).values():
            numbers = np.append(inputs["val"], inputs["min_delta"])
            assert (8 * numbers % 1 == 0)[~np.isnan(numbers)].all()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hidden_stop_is_one_where_the_visible_stop_is_one(seed):
    visible = right("early_stopping", "early_stopping")
    hidden = right("early_stopping", "early_stopping", seed)

    for title, (inputs, (best, stop)) in hidden.items():
        if "noisy" not in title:
            (_, (old_best, old_stop)) = visible[title]
            assert stop - best == old_stop - old_best, title
            assert len(inputs["val"]) >= len(visible[title][0]["val"])


def test_moving_images_in_place_costs_the_robust_group_alone():
    answer = run_file(STYLES[0])["shift_flip"]

    def in_place(x, dyx, flip):
        y = answer(x, dyx, flip)
        x[...] = y
        return x

    verdict = judge("shift_flip", in_place)

    assert [group.name for group in verdict.groups if group.failed] == ["robust"]


def test_a_penalty_in_place_costs_the_robust_group_alone():
    def in_place(weights, lam, half=False):
        scale = lam / 2 if half else lam
        loss = scale * sum((w**2).sum() for w in weights)
        for w in weights:
            w *= 2 * scale
        return loss, weights

    verdict = judge("l2", in_place)

    assert [group.name for group in verdict.groups if group.failed] == ["robust"]
