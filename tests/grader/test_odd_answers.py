"""Odd callables, hostile objects and damage done while running: judged, never an exception."""

import asyncio
import functools
import json
import threading

import numpy as np
import pytest

from grader import judge
from grader.compare import compare
from grader.exercises import find
from grader.plain import plain
from grader.run import Outcome
from tests.grader import hostile


def add(x, b):
    return x + b


def own_loop():
    def loop(x, b):
        return x

    loop.__wrapped__ = loop
    loop.__module__ = 5
    return loop


async def asynchronous(x, b):
    return x + b


ODD_CALLABLES = {
    "hostile object": (hostile.Hostile, "crash"),
    "class of hostile objects": (lambda: hostile.Hostile, "crash"),
    "class without a name": (lambda: hostile.Nameless, "signature"),
    "class": (lambda: dict, "crash"),
    "builtin": (lambda: print, "type"),
    "builtin of one argument": (lambda: len, "signature"),
    "function that wraps itself": (own_loop, "values"),
    "async function": (lambda: asynchronous, "type"),
    "function with a hostile name": (hostile.with_hostile_name, "crash"),
    "function with a hostile default": (lambda: hostile.with_hostile_default("x, y"), "values"),
    "and too many arguments": (lambda: hostile.with_hostile_default("x, y, z"), "signature"),
    "keyword-only arguments": (lambda: lambda *, x, b: x + b, "signature"),
    "partial": (lambda: functools.partial(add, b=0), "signature"),
}

ODD_VALUES = {
    "hostile object": (hostile.Hostile, "type"),
    "object without a name": (hostile.Nameless, "type"),
    "class": (lambda: hostile.Nameless, "type"),
    "hostile list": (lambda: [hostile.Hostile()], "type"),
    "hostile tuple": (lambda: hostile.Pair((1, 2)), "type"),
    "hostile array": (lambda: np.zeros((2, 3)).view(hostile.Subtle), "shape"),
    "dict": (lambda: {"y": 1}, "type"),
    "huge number": (lambda: 10**5000, "type"),
    "huge list": (lambda: [0] * 10**6, "type"),
    "huge array": (lambda: np.broadcast_to(1.0, (10**6, 10**6)), "type"),
    "times": (lambda: np.zeros(3, dtype="M8[s]"), "type"),
    "time": (lambda: np.datetime64("2026-01-01"), "type"),
    "records": (lambda: np.zeros(3, dtype="f4, i8"), "type"),
    "texts": (lambda: np.array(["a"]), "type"),
    "single number": (lambda: np.zeros(()), "shape"),
}


def gets_a_sentence(function, kind):
    """Judge a wrong answer, and look at its report in every form."""
    verdict = judge("add_bias", function)

    assert verdict.failure.kind == kind
    assert verdict.message
    assert len(verdict.message) < 600
    assert "\n" not in verdict.message
    assert verdict.to_text()
    assert verdict.to_html()
    assert json.loads(verdict.to_json().encode())


@pytest.mark.parametrize("name", ODD_CALLABLES)
def test_an_odd_callable_gets_a_sentence(name):
    make, kind = ODD_CALLABLES[name]

    gets_a_sentence(make(), kind)


@pytest.mark.parametrize("name", ODD_VALUES)
def test_an_odd_value_gets_a_sentence(name):
    make, kind = ODD_VALUES[name]

    gets_a_sentence(lambda x, b: make(), kind)


@pytest.mark.parametrize("dtype", [np.float16, np.longdouble, bool, ">c8"])
def test_an_odd_dtype_gets_a_sentence(dtype):
    gets_a_sentence(lambda x, b: (x + b).astype(dtype), "dtype")


def test_a_function_that_checks_itself_is_told_where_check_belongs():
    def add_bias(x, b):
        judge("add_bias", add_bias)
        return x + b

    assert "`check` must stand below the function" in judge("add_bias", add_bias).message


def test_an_answer_may_work_in_a_thread():
    def add_bias(x, b):
        results = []
        thread = threading.Thread(target=lambda: results.append(x + b))
        thread.start()
        thread.join()
        return results[0]

    assert judge("add_bias", add_bias).passed


def test_judging_works_in_another_thread_and_in_an_event_loop():
    verdicts = []

    async def in_a_loop():
        verdicts.append(judge("add_bias", add))
        await asyncio.to_thread(lambda: verdicts.append(judge("add_bias", lambda x, b: x - b)))

    # Another test of this process may have left a loop running in the main thread.
    thread = threading.Thread(target=asyncio.run, args=[in_a_loop()])
    thread.start()
    thread.join()

    assert [verdict.passed for verdict in verdicts] == [True, False]


def test_a_network_that_is_changed_inside_is_noticed():
    def describe(net, input_shape):
        for layer in net:
            layer["seen"] = hostile.Hostile()
        net.append(net)
        return []

    verdict = judge("describe", describe)

    assert not verdict.passed
    assert verdict.to_json()


@pytest.mark.parametrize("value", [10**400, 1 + 2j, np.complex128(1), True, np.bool_(True), "1"])
def test_what_is_no_real_number_is_rejected_where_one_is_asked_for(value):
    exercise = find("equivariance_gap")
    case = exercise.cases()[0]

    failure = compare(exercise, case, Outcome(value=plain(value)), 1.0)

    assert failure.kind == "type"
    assert "must be one number" in failure.message


def test_a_case_can_be_pasted_whatever_the_print_options_are():
    with np.printoptions(precision=1, formatter={"float": lambda number: "?"}, legacy="1.13"):
        odd = judge("add_bias", lambda x, b: x).failure.call

    assert odd == judge("add_bias", lambda x, b: x).failure.call
