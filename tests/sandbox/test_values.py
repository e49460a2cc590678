"""Values cross the wire unchanged; of trees and answers that nobody packs, nothing is believed."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.exercises import find
from grader.plain import Foreign, plain, same
from grader.run import Outcome
from grader.sandbox.cell_run import CellRun, told
from grader.sandbox.errors import WireError
from grader.sandbox.frames import HEAD, framed, parsed, sizes
from grader.sandbox.outcomes import told_outcome
from grader.sandbox.values import Packed, Unpacked

MANY = settings(max_examples=100, deadline=None, derandomize=True, database=None)

NUMBERS = st.one_of(
    hnp.arrays(hnp.floating_dtypes(endianness="<"), hnp.array_shapes(min_dims=0, min_side=0)),
    hnp.arrays(hnp.integer_dtypes(endianness="<"), hnp.array_shapes(min_dims=0, min_side=0)),
    hnp.arrays(hnp.complex_number_dtypes(endianness="<"), hnp.array_shapes(min_side=0)),
    hnp.arrays(np.bool_, hnp.array_shapes()),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    NUMBERS,
    st.builds(Foreign, st.just("object")),
)
PLAIN = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple),
    max_leaves=8,
)

KEYS = st.sampled_from(
    ["tuple", "array", "foreign", "complex", "first", "again", "inputs", "changed", "value"]
    + ["problem", "detail", "printed", "result", "error", "name", "text", "figures", "turn", "x"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | KEYS, inner),
    max_leaves=8,
)
TREES = st.recursive(
    st.one_of(
        st.builds(
            lambda d, s: {"array": [d, s]}, st.sampled_from(["<f8", "|b1", "O", "<f4"]), JSON
        ),
        st.builds(lambda s: {"array": ["<f8", s]}, st.lists(st.integers(-2, 2**50), max_size=4)),
        JSON,
    ),
    lambda inner: st.builds(lambda v, k: {k: v}, inner, KEYS) | st.lists(inner, max_size=5),
    max_leaves=8,
)


@MANY
@given(PLAIN)
def test_plain_values_cross_unchanged(value):
    value = plain(value)
    packed = Packed()
    tree = packed.pack(value)
    message, blob = b"".join(framed({"v": tree}, packed.parts)), b"".join(packed.parts)
    text, size = sizes(message)

    received = Unpacked(blob).unpack(parsed(message[HEAD.size : HEAD.size + text])["v"])

    assert size == len(blob)
    assert same(received, value)


@MANY
@given(TREES, st.binary(max_size=200))
def test_a_tree_is_a_plain_value_or_refused(tree, blob):
    try:
        value = Unpacked(blob).unpack(tree)
    except WireError:
        return

    assert same(plain(value), value) or isinstance(
        value, str | int | float | complex | list | tuple
    )


@MANY
@given(st.dictionaries(KEYS, TREES, max_size=8), st.binary(max_size=200))
def test_an_answer_about_a_case_is_an_outcome(answer, blob):
    case = find("add_bias").cases()[0]

    outcome = told_outcome(case, answer, blob)

    assert type(outcome) is Outcome
    assert outcome.problem is None or type(outcome.detail) is str


@MANY
@given(st.dictionaries(KEYS, JSON, max_size=8), st.binary(max_size=200))
def test_an_answer_about_a_cell_is_a_run(answer, blob):
    run = CellRun(**told(answer, blob))

    assert run.result is None or type(run.result) is str
    json.dumps([run.result, run.error and [run.error.name, run.error.text]]).encode()


@pytest.mark.parametrize(
    "tree",
    [
        {"array": ["<f8", [1 << 39]]},
        {"array": ["<f8", [1 << 20, 1 << 20]]},
        {"array": ["<f8", [1] * 1000]},
        {"array": ["|O", [1]]},
        {"array": ["<f8", [-1, -8]]},
        {"array": ["<f8", [True]]},
        {"array": ["<f8", [0, 1 << 39, 1 << 39]]},
        {"array": ["<U9999999", [1]]},
        {"array": ["<f8"]},
        {"complex": [1.0, "x"]},
        {"pickle": "gASVAAAA"},
        {"tuple": 3},
        {"a": 1, "b": 2},
    ],
    ids=str,
)
def test_a_value_that_nobody_packs_is_refused(tree):
    with pytest.raises(WireError):
        Unpacked(bytes(8)).unpack(tree)


def test_a_value_too_deep_or_too_long_is_refused():
    deep = []
    for _ in range(100):
        deep = [deep]

    for tree in (deep, [0] * 100_000):
        with pytest.raises(WireError):
            Unpacked(b"").unpack(tree)


def test_what_is_too_large_goes_as_its_description():
    packed = Packed(room=100)

    trees = [packed.pack(np.zeros(10)), packed.pack(np.zeros(10)), packed.pack("x" * 10**6)]

    assert "array" in trees[0]
    assert trees[1] == {"foreign": "array of shape (10,), far too large"}
    assert trees[2] == {"foreign": "very long str"}


def test_numbers_that_no_honest_process_sends_are_made_harmless():
    values = Unpacked(bytes([0, 1, 2, 255]))

    received = values.unpack([10**30, {"array": ["|b1", [4]]}])

    assert received[0] == Foreign("int of 100 bits")
    assert received[1].view(np.uint8).tolist() == [0, 1, 1, 1]


def test_only_names_are_told_as_changed_inputs():
    case = find("add_bias").cases()[0]
    changed = ["x", 3, "<script>", "y" * 100, *["b"] * 100]

    outcome = told_outcome(case, {"value": 1.0, "printed": "", "changed": changed}, b"")

    assert set(outcome.changed) == {"x", "b"}
    assert len(outcome.changed) <= 20
    assert outcome.unstable
