"""An optimizer's step is driven through many steps, whatever it returns, changes or breaks."""

import re

import numpy as np
import pytest

from grader import judge
from grader.exercises import find
from grader.exercises.adam.steps import Steps
from grader.paste import paste
from grader.run import run
from tests.grader import hostile

SLOPE = {"w": np.array([1.0, 2.0]), "g": lambda w, t: w, "state": {}}


def descend(w, g, state, lr=1e-3, momentum=0.0, nesterov=False, weight_decay=0.0):
    """A right answer to 7.1."""
    g = g + weight_decay * w
    if momentum:
        state["v"] = momentum * state.get("v", 0) + g
        g = g + momentum * state["v"] if nesterov else state["v"]
    return w - lr * g


def test_the_walk_has_a_row_for_the_start_and_for_each_step():
    path = Steps(3)(descend, {**SLOPE, "lr": 0.5})

    np.testing.assert_array_equal(path, [[1, 2], [0.5, 1], [0.25, 0.5], [0.125, 0.25]])


def test_weights_in_turn_have_a_state_each():
    seen = []

    def step(w, g, state):
        state["t"] = state.get("t", 0) + 1
        seen.append((float(w[0]), state["t"]))
        return w + 1

    path = Steps(2, in_turn=True)(step, {**SLOPE, "w": np.array([[1.0], [10.0]])})

    assert seen == [(1, 1), (10, 1), (2, 2), (11, 2)]
    np.testing.assert_array_equal(path[:, :, 0], [[1, 10], [2, 11], [3, 12]])


def test_epochs_are_counted_from_1():
    epochs = []

    Steps(5, batches=2)(lambda w, g, state, epoch: epochs.append(epoch) or w, {**SLOPE, "epoch": 1})

    assert epochs == [1, 1, 2, 2, 3]


@pytest.mark.parametrize("name", ["sgd_step", "repaired_adam"])
def test_every_case_can_be_pasted_and_walks_the_same_way(name, capsys):
    exercise = find(name)

    def step(w, g, state, epoch=1, lr=1e-3, momentum=0.0, **_):
        state["v"] = momentum * state.get("v", 0) + g / epoch
        return w - lr * state["v"]

    for case in exercise.cases():
        names = {"np": np, name: step}
        exec(paste(exercise, case), names)
        capsys.readouterr()

        path = case.drive(step, case.inputs())

        assert names["w"].dtype == case.dtype
        np.testing.assert_array_equal(names["w"], path[-1], err_msg=case.title)


def broken(change):
    """A right step that also does something else."""

    def sgd_step(w, g, state, lr=1e-3, momentum=0.0, nesterov=False, weight_decay=0.0):
        result = descend(w, g, state, lr, momentum, nesterov, weight_decay)
        return change(w, g, state, result)

    return sgd_step


def overwrite_w(w, g, state, result):
    w[...] = result
    return w


def overwrite_g(w, g, state, result):
    g *= 2
    return result


@pytest.mark.parametrize(("change", "name"), [(overwrite_w, "w"), (overwrite_g, "g")])
def test_a_step_that_changes_its_arrays_loses_the_robust_group_alone(change, name):
    verdict = judge("sgd_step", broken(change))

    assert [group.name for group in verdict.groups if group.failed] == ["robust"]
    assert f"changes its input `{name}`" in verdict.message


def keep_the_first_gradient(w, g, state, result):
    """As `state["v"] = g` does, with `state["v"] *= momentum` in the next step."""
    state.setdefault("g", g)
    state["g"] *= 0.5
    return result


def reuse_one_result(w, g, state, result):
    state.setdefault("out", np.empty_like(w))[...] = result
    return state["out"]


def change_the_first_w(w, g, state, result):
    state.setdefault("w", w)[...] = result
    return result.copy()


LATER = [(keep_the_first_gradient, "g"), (reuse_one_result, "w"), (change_the_first_w, "w")]


@pytest.mark.parametrize(("change", "name"), LATER)
def test_an_array_of_the_callers_that_changes_in_a_later_step_costs_the_robust_group(change, name):
    verdict = judge("sgd_step", broken(change))

    assert [group.name for group in verdict.groups if group.failed] == ["robust"]
    assert f"changes its input `{name}`" in verdict.message
    assert "keep a copy" in verdict.message


def test_w_can_be_set_back_to_where_it_began():
    path = Steps(3, back=2)(lambda w, g, state: w + 1, SLOPE)

    np.testing.assert_array_equal(path, [[1, 2], [2, 3], [3, 4], [2, 3]])


def test_a_step_that_goes_on_with_a_w_of_its_own_is_noticed():
    def own(w, g, state, lr=1e-3, momentum=0.0, nesterov=False, weight_decay=0.0):
        options = {"momentum": momentum, "nesterov": nesterov, "weight_decay": weight_decay}
        state["w"] = descend(state.get("w", w), g, state, lr, **options)
        return state["w"]

    verdict = judge("sgd_step", own)

    assert verdict.mistake == "w_of_its_own"


def test_a_step_that_keeps_its_arrays_is_not_disturbed():
    def keep(w, g, state, result):
        state.setdefault("kept", []).extend([w, g, result])
        return result

    assert judge("sgd_step", broken(keep)).passed


def test_a_memory_outside_of_the_state_is_noticed():
    memory = {}

    def sgd_step(w, g, state, **options):
        return descend(w, g, memory.setdefault(w.shape, {}), **options)

    verdict = judge("sgd_step", sgd_step)

    assert not verdict.passed
    assert "belongs in `state`" in verdict.message


def test_one_memory_for_all_weights_is_noticed():
    memory = {}

    def sgd_step(w, g, state, **options):
        if not state:
            memory.clear()
            state["begun"] = True
        return descend(w, g, memory, **options)

    assert judge("sgd_step", sgd_step).mistake == "memory_shared"


ODD_RESULTS = {
    "None": (lambda w: None, "type", "Nothing is returned"),
    "tuple": (lambda w: (w, {}), "type", "You return something beside w"),
    "list": (lambda w: w.tolist(), "type", "is a list"),
    "number": (lambda w: float(w.sum()), "type", "is a float"),
    "foreign": (lambda w: hostile.Hostile(), "type", "is a Hostile"),
    "hostile array": (lambda w: w.view(hostile.Subtle)[:1], "shape", "shape"),
    "shape": (lambda w: w[:, None], "shape", "it must be (5, 1)"),
    "huge": (lambda w: np.zeros((2000, 1000)), "type", "far too large"),
    "texts": (lambda w: w.astype(str), "type", "is a list"),
    "complex": (lambda w: w * 1j, "dtype", "complex128"),
}


@pytest.mark.parametrize(("result", "kind", "words"), ODD_RESULTS.values(), ids=ODD_RESULTS.keys())
def test_an_odd_result_ends_the_walk_and_gets_a_sentence(result, kind, words):
    verdict = judge("sgd_step", broken(lambda w, g, state, right: result(right)))

    assert verdict.failure.kind == kind
    assert words in verdict.message
    assert verdict.to_text()


def test_a_step_that_overwrites_what_a_slope_calls_gets_the_same_slopes():
    def spoil(w, g, state, result):
        np.cos = np.arange = None
        return result

    assert judge("sgd_step", broken(spoil)).passed
    assert callable(np.cos)


def test_a_step_that_breaks_numpy_breaks_only_itself():
    def spoil(w, g, state, result):
        np.stack = np.array = np.asarray = None
        np.seterr(all="raise")
        return result

    verdict = judge("sgd_step", broken(spoil))

    assert verdict.failure.kind == "crash"
    assert callable(np.stack)
    assert judge("sgd_step", descend).passed


def test_a_step_that_raises_later_on_is_told_where():
    def raise_late(w, g, state, result):
        state["count"] = state.get("count", 0) + 1
        return [result][state["count"] // 3]  # the line to find

    verdict = judge("sgd_step", broken(raise_late))

    assert verdict.failure.kind == "crash"
    assert "the line to find" in verdict.message


def test_single_precision_that_is_lost_on_the_way_is_noticed():
    verdict = judge("sgd_step", broken(lambda w, g, state, result: result.astype(np.float64)))

    assert [group.name for group in verdict.groups if group.failed] == ["float32"]
    assert re.search("float64; it must be float32", verdict.message)


def test_views_are_handed_over_in_every_step():
    exercise = find("sgd_step")
    cases = [case for case in exercise.cases() if case.views]
    contiguous = []

    def look(w, g, state, **options):
        contiguous.append((w.size, w.flags.c_contiguous or g.flags.c_contiguous))
        return w

    run(exercise, [look], cases)

    assert not any(flag for size, flag in contiguous if size > 1)
    assert any(size > 1 for size, _ in contiguous)
