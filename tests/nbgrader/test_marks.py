"""What the learner's process tells is a claim: texts are cut, hidden ones replaced."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from grader.exercises import EXERCISES, find
from grader.nbgrader.marks import hidden_cases, judge_hidden, judge_visible
from grader.plain import plain
from grader.run import Outcome, run

EXERCISE = find("add_bias")
SEED = 12345


def right(x, b):
    return x + b


def outcomes(function, seed=None, places=None):
    cases = EXERCISE.cases(seed)
    return run(EXERCISE, [function], cases if places is None else [cases[i] for i in places])


def both(visible, hidden):
    verdict = judge_visible(EXERCISE, outcomes(visible))
    return judge_hidden(EXERCISE, verdict, lambda places: outcomes(hidden, SEED, places), SEED)


def test_right_both_times_earns_all_points():
    verdict = both(right, right)

    assert (verdict.points, verdict.failure) == (2, None)
    assert "those included that are not shown" in verdict.message


def test_wrong_in_the_hidden_cases_earns_nothing_and_tells_no_number():
    verdict = both(right, lambda x, b: x + 3 * b)

    assert verdict.points == 0
    assert (verdict.failure.hidden, verdict.failure.expected) == (True, None)
    assert not any(character.isdigit() for character in verdict.message)


def test_groups_that_failed_are_not_tried_again():
    asked = []
    verdict = judge_visible(EXERCISE, outcomes(lambda x, b: (x + b).astype("float64")))

    judge_hidden(EXERCISE, verdict, lambda p: asked.extend(p) or outcomes(right, SEED, p), SEED)

    cases = EXERCISE.cases(SEED)
    assert {cases[place].group for place in asked} == {"basic", "edge", "robust"}


def test_nothing_is_run_again_when_nothing_passed():
    verdict = judge_visible(EXERCISE, outcomes(lambda x, b: x))

    assert judge_hidden(EXERCISE, verdict, lambda places: 1 / 0, SEED) is verdict


PROBLEMS = ("missing", "signature", "crash", "time", "output", "forbidden", "made up")


@pytest.mark.parametrize("problem", PROBLEMS)
def test_no_text_of_a_hidden_case_is_shown(problem):
    verdict = judge_visible(EXERCISE, outcomes(right))
    told = Outcome(problem=problem, detail="x is [[1, 2]]", printed="x is [[1, 2]]")

    found = judge_hidden(EXERCISE, verdict, lambda places: [told] * len(places), SEED)

    assert found.points == 0
    assert "[[1, 2]]" not in found.to_json() + found.to_text() + found.to_html()


def test_visible_texts_are_cut_and_an_unknown_problem_is_a_crash():
    cases = EXERCISE.cases()

    verdict = judge_visible(EXERCISE, [Outcome(problem="made up", detail="x" * 10**6)] * len(cases))

    assert verdict.failure.kind == "crash"
    assert len(verdict.message) < 1_000


def test_a_module_that_is_not_there_because_it_is_forbidden_is_told_as_that():
    problem = Outcome(problem="crash", detail="ModuleNotFoundError: No module named 'scipy'")

    verdict = judge_visible(EXERCISE, [problem] * len(EXERCISE.cases()))

    assert (verdict.failure.kind, verdict.message[:21]) == ("forbidden", "`add_bias` uses scipy")


def test_hidden_cases_have_other_sizes_and_torchs_results():
    visible = EXERCISE.cases()

    for place, case, wanted in hidden_cases(EXERCISE, SEED):
        assert case.inputs()["x"].shape != visible[place].inputs()["x"].shape
        np.testing.assert_allclose(plain(right(**case.inputs())), wanted, rtol=1e-5)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.slug)
def test_a_part_of_the_hidden_cases_is_tried_and_none_left_out_of_a_group(exercise):
    def kinds(cases):
        return Counter((case.function, case.group) for case in cases)

    tried = kinds(case for _, case, _ in hidden_cases(exercise, SEED))

    for kind, count in kinds(exercise.cases(SEED)).items():
        assert min(count, 4) <= tried[kind] <= max(4, count / 3 + 1)


def test_another_secret_draws_other_hidden_cases():
    drawn = {tuple(p for p, *_ in hidden_cases(find("conv2d_forward"), s)) for s in range(5)}

    assert len(drawn) == 5


def test_no_measured_time_reaches_a_report():
    exercise = find("im2col")
    group = next(group.name for group in exercise.groups if group.bonus)
    cases = exercise.cases()
    from grader.nbgrader.marks import visible_cases

    given = [
        replace(Outcome(value=value), speedup=1.2345 if case.group == group else None)
        for case, value in zip(cases, visible_cases(exercise)[1], strict=True)
    ]

    verdict = judge_visible(exercise, given)

    assert verdict.message == "`conv2d_fast` is right, but not fast enough for the bonus."
    assert "1.2" not in verdict.to_json()
