"""Right answers pass, known mistakes fail and are told apart: exercises 7.1 to 7.7."""

from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from grader.alike import alike
from grader.diagnose import Trial, attempt, diagnose
from grader.exercises import find
from grader.expected import live_outputs
from grader.from_file import run_file
from grader.judge import judge
from grader.mistakes import mistakes_of
from grader.mistakes.adam.repaired_adam import FAULTS
from grader.run import Outcome

SLUGS = (
    "sgd_step",
    "adagrad_step",
    "rmsprop_step",
    "adam_step",
    "adamw_step",
    "lr_grid",
    "repaired_adam",
)
STYLES = sorted((Path(__file__).parents[1] / "styles" / "adam").glob("*.py"))
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


@pytest.mark.parametrize("seed", [None, 1])
@pytest.mark.parametrize(("slug", "mistake"), MISTAKES, ids=name)
def test_every_known_mistake_fails_and_is_named(slug, mistake, seed):
    for i in range(len(mistake.variants)):
        found = trials(slug, mistake, i, seed)
        diagnosis = diagnose(find(slug), mistake.function, found)

        assert not all(trial.passed for trial in found), i
        assert diagnosis.mistake.slug == mistake.slug, i


@pytest.mark.parametrize(("slug", "mistake"), MISTAKES, ids=name)
def test_no_known_mistake_stumbles_over_its_own_code(slug, mistake):
    for i in range(len(mistake.variants)):
        raised = [t.case.title for t in trials(slug, mistake, i, None) if t.outcome.problem]

        # One search stops there, as learners' code does: it has no best learning rate yet.
        assert raised in ([], ["all of them diverge"]) or mistake.slug == "starts_at_0", i


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


@pytest.mark.parametrize("slug", SLUGS[:5])
def test_a_step_is_taken_150_times_in_a_row(slug):
    cases = {case.title: case for case in find(slug).cases()}

    path = live_outputs(find(slug), [cases["150 steps"]])[0]

    assert path.shape == (151, 6)
    assert np.isfinite(path).all()


WORKED = {
    "sgd_step": ("w * w / 2", [0.9, 0.81, 0.729, 0.6561]),
    "adagrad_step": ("w * w / 2", [0.9, 0.8331, 0.7805, 0.7362]),
    "rmsprop_step": ("w * w / 2", [0.8, 0.6643, 0.5552, 0.4621]),
    "adam_step": ("w * w / 2", [0.9, 0.8004, 0.7016, 0.6039]),
    "adamw_step": ("w * w / 2", [0.89, 0.7816, 0.6751, 0.5710]),
}


@pytest.mark.parametrize("slug", WORKED)
def test_the_worked_example_is_the_first_case(slug):
    title, wanted = WORKED[slug]
    (case, *_), (path, *_) = plain_cases(slug, slug, None)

    assert case.title == title
    assert path[1:, 0] == pytest.approx(wanted, abs=5e-5)


def test_every_choice_of_the_notes_faults_has_a_name():
    names = {mistake.slug for mistake in mistakes_of(find("repaired_adam"))}
    chosen = {"_".join(c) for n in range(1, 6) for c in combinations(FAULTS, n)}

    assert len(chosen) == 31
    assert chosen <= names


def test_the_remaining_faults_are_counted_and_told():
    mistakes = {mistake.slug: mistake for mistake in mistakes_of(find("repaired_adam"))}

    message = judge("repaired_adam", mistakes["sign_bias"].variants[0]).message

    assert message.startswith("Two of the note's faults remain: the sign")
    assert "the bias correction" in message


def test_a_hidden_run_has_other_numbers_and_keeps_its_features():
    visible, hidden = (find("adam_step").cases(seed) for seed in (None, 1))

    for one, other in zip(visible, hidden, strict=True):
        before, after = one.inputs(), other.inputs()
        assert before.keys() == after.keys()
        assert one.drive.in_turn == other.drive.in_turn
        assert "150" in one.title or before["w"].shape != after["w"].shape


def half_done(w, g, state, lr=1e-3, **_):
    """Descent without momentum, Nesterov or decay."""
    return w - lr * g


def test_plain_descent_earns_its_points_alone():
    verdict = judge("sgd_step", half_done)

    assert [group.points for group in verdict.groups] == [2, 0, 0, 0, 0, 0]
