"""A training is judged by its losses and guesses, and what went wrong is read from symptoms."""

from dataclasses import replace

import numpy as np
import pytest

from grader.case import Case
from grader.training import InOtherCompany, compare_training

LABELS = np.arange(100) % 10
RIGHT = LABELS.copy()
CASE = Case(
    "train", "digits", "100 digits", make=lambda rng: {"epochs": 3}, least=(("digits", 0.9),)
)


def guesses(share):
    """So many of the hundred guesses are right, and the others one too high."""
    made = RIGHT.copy()
    made[share:] = (made[share:] + 1) % 10
    return made


def judged(losses, own=RIGHT):
    """What is wrong with losses and guesses."""
    return compare_training(CASE, (losses, own), LABELS)


@pytest.mark.parametrize(
    "losses", [[2.0, 0.5, 0.1], (2, 1, 0.5), np.array([2.0, 0.5, 0.1], "float32")]
)
@pytest.mark.parametrize("own", [RIGHT, RIGHT.astype("int8"), RIGHT.tolist(), guesses(90)])
def test_good_guesses_and_falling_losses_pass(losses, own):
    assert judged(losses, own) is None


SYMPTOMS = {
    "loss_not_finite": ([2.0, np.nan, np.nan], RIGHT),
    "losses_do_not_fall": ([0.0, 0.0, 0.0], RIGHT),
    "loss_too_large": ([73.0, 20.0, 9.0], guesses(80)),
    "loss_rises": ([2.4, 2.6, 4.0], guesses(5)),
    "no_learning": ([2.31, 2.303, 2.302], np.zeros(100, int)),
    "labels_mixed_up": ([2.35, 2.28, 2.1], guesses(12)),
    "test_images_differ": ([1.5, 0.4, 0.1], guesses(20)),
    "all_guesses_off": ([1.5, 0.4, 0.1], guesses(0)),
    "argmax_of_columns": ([1.5, 0.4, 0.1], np.arange(10)),
    "new_images_worse": ([2.0, 0.4, 0.01], guesses(85)),
    "one_guess_for_all": ([2.2, 2.0, 1.9], np.full(100, 3)),
    "too_few_right": ([2.0, 0.9, 0.4], guesses(89)),
}


@pytest.mark.parametrize(("slug", "answer"), SYMPTOMS.items(), ids=SYMPTOMS.keys())
def test_each_symptom_has_its_name(slug, answer):
    failure = judged(*answer)

    assert failure.symptom == slug
    assert failure.kind in ("learning", "shape")
    assert "{" not in failure.message


def test_the_message_tells_how_many_are_right_and_how_many_must_be():
    assert judged([2.0, 0.9, 0.4], guesses(89)).message.startswith(
        "0.8900 of the new images are right; 0.9 is asked for."
    )


COMPANY = replace(CASE, drive=InOtherCompany())


def in_company(others, **options):
    """What is wrong with the same losses and other guesses among other new images."""
    losses = [2.0, 0.5, 0.1]
    answers = [(losses, RIGHT), (losses, others)]
    return compare_training(COMPANY, answers, [LABELS, None], **options)


def test_the_first_guesses_must_not_change_with_the_other_images():
    swayed = np.roll(RIGHT, 1)

    assert in_company(swayed).symptom == "new_images_looked_at"
    assert in_company(swayed, repeatable=False) is None
    assert in_company(np.where(np.arange(100) < 50, RIGHT, 3)) is None


def test_half_of_the_new_images_are_replaced_by_white_ones():
    calls = []
    inputs = {"x": np.full((3, 1, 2, 2), 16.0), "x_new": np.zeros((4, 1, 2, 2))}

    InOtherCompany()(lambda **given: calls.append(given) or ([], []), inputs)

    first, second = (call["x_new"] for call in calls)
    assert (first == 0).all()
    assert (second[:2] == 0).all()
    assert (second[2:] == 16).all()


FORMS = {
    "one thing": (RIGHT, "Return two things"),
    "three things": (([2.0, 1.0, 0.5], RIGHT, 1), "Return two things"),
    "too few losses": (([2.0, 1.0], RIGHT), "`losses` must be 3 numbers"),
    "words": ((["a", "b", "c"], RIGHT), "`losses` must be 3 numbers"),
    "scores": (([2.0, 1.0, 0.5], np.zeros((100, 10))), "scores.argmax(axis=1)"),
    "floats": (([2.0, 1.0, 0.5], RIGHT.astype(float)), "`guesses` must be 100 whole numbers"),
    "too few guesses": (([2.0, 1.0, 0.5], RIGHT[:50]), "`guesses` must be 100 whole numbers"),
    "nothing": ((None, None), "`losses` must be 3 numbers"),
}


@pytest.mark.parametrize(("value", "message"), FORMS.values(), ids=FORMS.keys())
def test_another_form_is_told(value, message):
    assert message in compare_training(CASE, value, LABELS).message
