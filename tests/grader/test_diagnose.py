"""A mistake is named if exactly one explains the results; half-done answers are understood."""

import numpy as np
import pytest

from grader import judge
from grader.diagnose import attempt
from grader.exercises import find
from tests.grader.half_done import correlate


def message(answer, **options):
    """The mistake and the message for an answer to exercise 1.3."""
    verdict = judge("conv2d_forward", lambda *args, **given: answer(*args, **(options | given)))
    return verdict.mistake, verdict.message


def flipped(x, w, b, stride=1, padding=0, dilation=1, groups=1):
    """Right but for the flipped kernel, and without dilation, groups and pairs."""
    return correlate(x, w[:, :, ::-1, ::-1], b, stride, padding)


def test_a_half_done_answer_with_a_mistake_is_told_both():
    mistake, text = message(flipped)

    assert mistake == "kernel_flipped"
    assert text.startswith("Leaving dilation, groups and pairs aside: ")


def test_an_answer_with_a_shorter_signature_is_told_its_mistake():
    def shorter(x, w, b, stride=1, padding=0):
        return flipped(x, w, b, stride, padding)

    verdict = judge("conv2d_forward", shorter)

    assert verdict.mistake == "kernel_flipped"
    assert "the cases that run" in verdict.message or "aside" in verdict.message


def test_a_half_done_answer_without_a_mistake_is_told_none_and_earns_the_basics():
    def half(x, w, b, stride=1, padding=0, dilation=1, groups=1):
        return correlate(x, w, b, stride, padding)

    verdict = judge("conv2d_forward", half)

    assert [group.name for group in verdict.groups if group.passed] == ["basic"]


def test_two_mistakes_at_once_are_not_guessed():
    def two(x, w, b, stride=1, padding=0, dilation=1, groups=1):
        return correlate(x, w[:, :, ::-1, ::-1], None, stride, padding) * 1.5

    assert message(two)[0] is None


def test_random_numbers_are_not_diagnosed():
    def noise(x, w, b, stride=1, padding=0, dilation=1, groups=1):
        return np.random.default_rng(0).normal(size=correlate(x, w, b, stride, padding).shape)

    assert message(noise)[0] is None


@pytest.mark.parametrize("slug", ["conv2d_forward", "conv2d_backward", "im2col"])
def test_the_options_a_half_done_answer_may_leave_out_exist(slug):
    exercise = find(slug)

    assert set(exercise.extras) <= set(
        exercise.functions[0].signature.replace("=1", "").split(", ")
    )


def test_numbers_that_print_alike_are_written_out():
    verdict = judge("add_bias", lambda x, b: (x + b) * (1 + 1e-8))

    received, expected = verdict.failure.message.split(" is ")[1].split("; it must be ")
    assert received != expected.split(". ")[0].rstrip(".")


def test_wrong_code_runs_once_however_many_answers_are_compared_with_it():
    case, calls = find("cross_correlate2d").cases()[0], []

    def wrong(x, w):
        calls.append(1)
        return x

    first, again = attempt(wrong, case), attempt(wrong, case)

    assert first is again
    assert len(calls) == 1
