"""Wrong answers to the three questions of 2.6."""

from collections.abc import Callable


def answered(*answers: int) -> Callable[..., tuple[int, ...]]:
    """A `findings` that returns these numbers."""
    return lambda X: answers


RIGHT = (5, 4, 2)


def other(place: int, values: tuple[int, ...]) -> tuple[Callable, ...]:
    """All ways to get one answer wrong and the others right."""
    wrong = [value for value in values if value != RIGHT[place]]
    return tuple(answered(*RIGHT[:place], value, *RIGHT[place + 1 :]) for value in wrong)


FINDINGS = {
    "first_answer": (
        "The first answer is not right yet: how many of the six changes move the global average "
        "by less than 0.01? Measure them one by one. It helps to ask which of them change the "
        "amount of ink.",
        other(0, tuple(range(7))),
    ),
    "second_answer": (
        "The second answer is not right yet: of the windows 1, 2, 4, 7 and 14, which is the "
        "smallest whose maxima change by less than 0.4 when the digits move by one column?",
        other(1, (0, 1, 2, 3, 5, 7, 14)),
    ),
    "third_answer": (
        "The third answer is not right yet: move the digits by 1, 2, 3, … columns until the 2 × 2 "
        "maxima change by more than the digits themselves did for one column.",
        other(2, tuple(range(8))),
    ),
    "answers_in_another_order": (
        "These are the right numbers in another order. Return them in the order of the questions.",
        (
            answered(5, 2, 4),
            answered(4, 5, 2),
            answered(4, 2, 5),
            answered(2, 5, 4),
            answered(2, 4, 5),
        ),
    ),
}
