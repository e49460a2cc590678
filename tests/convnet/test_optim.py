"""The optimizers agree with torch.optim over 150 steps, with a calculation by hand and in code."""

import re

import numpy as np
import pytest
import torch

import convnet
from convnet import SGD, Adam, BatchNorm1d, Linear, ReLU

TOLERANCES = {"float64": {"rtol": 1e-9, "atol": 1e-11}, "float32": {"rtol": 1e-4, "atol": 1e-5}}
CURVATURES = np.array([[1, 10, 100], [1, 1e-3, 0]])

# name: optimizer, options
SETTINGS = {
    "sgd": ("SGD", {"lr": 0.01}),
    "sgd, decay": ("SGD", {"lr": 0.01, "weight_decay": 0.1}),
    "sgd, climbing": ("SGD", {"lr": 0.001, "weight_decay": 0.1, "maximize": True}),
    "momentum": ("SGD", {"lr": 0.001, "momentum": 0.9}),
    "dampened": ("SGD", {"lr": 0.005, "momentum": 0.8, "dampening": 0.5, "weight_decay": 0.1}),
    "nesterov": ("SGD", {"lr": 0.001, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1}),
    "adagrad": ("Adagrad", {}),
    "adagrad, all": (
        "Adagrad",
        {"lr": 0.5, "lr_decay": 0.1, "initial_accumulator_value": 2.0, "weight_decay": 0.1},
    ),
    "adagrad, eps": ("Adagrad", {"eps": 1e-3, "maximize": True}),
    "rmsprop": ("RMSprop", {}),
    "rmsprop, all": (
        "RMSprop",
        {"alpha": 0.9, "eps": 1e-4, "momentum": 0.5, "centered": True, "weight_decay": 0.1},
    ),
    "adam": ("Adam", {}),
    "adam, all": (
        "Adam",
        {"lr": 0.1, "betas": (0.5, 0.9), "eps": 1e-4, "weight_decay": 0.1, "amsgrad": True},
    ),
    "adam, climbing": ("Adam", {"maximize": True, "weight_decay": 0.1}),
    "adamw": ("AdamW", {}),
    "adamw, all": ("AdamW", {"lr": 0.1, "weight_decay": 0.5, "amsgrad": True, "maximize": True}),
}
# The first four w of w * w / 2 from w = 1, with lr = 0.1.
BY_HAND = {
    "SGD": ({}, [0.9, 0.81, 0.729, 0.6561]),
    "momentum": ({"momentum": 0.9}, [0.9, 0.72, 0.486, 0.2268]),
    "nesterov": ({"momentum": 0.9, "nesterov": True}, [0.81, 0.5751, 0.3273, 0.0939]),
    "Adagrad": ({}, [0.9, 0.8331, 0.7805, 0.7362]),
    "RMSprop": ({}, [0, 0, 0, 0]),
    "Adam": ({}, [0.9, 0.8004, 0.7016, 0.6039]),
    "AdamW": ({"weight_decay": 0.1}, [0.89, 0.7816, 0.6751, 0.5710]),
}


class Weights:
    """The least that an optimizer needs: two arrays, and their gradients."""

    def __init__(self, dtype="float64") -> None:
        rng = np.random.default_rng(0)
        self.params = {
            "weight": rng.standard_normal((2, 3)).astype(dtype),
            "bias": rng.standard_normal(4).astype(dtype),
        }
        self.grads = {}


def gradients(weights, t):
    """A bowl's slope with noise; the last curvature is 0, and one gradient is 0 for 20 steps."""
    noise = np.cos(np.arange(6).reshape(2, 3) + t)
    dweight = CURVATURES * weights["weight"] + (CURVATURES > 0) * 0.1 * noise
    dweight[0, 0] *= t >= 20
    return {"weight": dweight, "bias": 1e-4 * weights["bias"]}


def twins(name, options, dtype="float64"):
    """Our optimizer and its weights, torch's and its tensors."""
    weights = Weights(dtype)
    tensors = {key: torch.tensor(w) for key, w in weights.params.items()}
    ours = getattr(convnet, name)(weights, **options)
    return ours, weights, getattr(torch.optim, name)(tensors.values(), **options), tensors


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(("name", "options"), SETTINGS.values(), ids=SETTINGS.keys())
def test_150_steps_equal_torch_state_included(name, options, dtype):
    ours, weights, theirs, tensors = twins(name, options, dtype)
    tolerance = TOLERANCES[dtype]

    for t in range(150):
        weights.grads = gradients(weights.params, t)
        for key, tensor in tensors.items():
            tensor.grad = torch.tensor(weights.grads[key], dtype=tensor.dtype)
        ours.step()
        theirs.step()

        for key, tensor in tensors.items():
            assert weights.params[key].dtype == dtype
            np.testing.assert_allclose(weights.params[key], tensor.numpy(), **tolerance)
    for key, tensor in tensors.items():
        # torch makes an entry for a momentum that is not used, and leaves it empty.
        expected = {n: np.asarray(x) for n, x in theirs.state[tensor].items() if x is not None}
        assert ours.state[key].keys() == expected.keys()
        for part, value in expected.items():
            np.testing.assert_allclose(ours.state[key][part], value, **tolerance)


@pytest.mark.parametrize("name", BY_HAND)
def test_the_first_steps_equal_a_calculation_by_hand(name):
    options, expected = BY_HAND[name]
    layer = Weights()
    layer.params = {"w": np.ones(1)}
    optimizer = getattr(convnet, name, SGD)(layer, lr=0.1, **options)

    received = []
    for _ in range(4):
        layer.grads = {"w": layer.params["w"]}
        optimizer.step()
        received.append(layer.params["w"][0])

    np.testing.assert_allclose(received, expected, atol=5e-5)


@pytest.mark.parametrize("name", ["SGD", "Adagrad", "RMSprop", "Adam", "AdamW"])
def test_defaults_are_those_of_torch(name):
    ours, _, theirs, _ = twins(name, {})

    defaults = {key: theirs.defaults[key] for key in ours.options}

    assert {**ours.options, "betas": ()} == {**defaults, "betas": ()}
    assert tuple(ours.options.get("betas", ())) == defaults.get("betas", ())


def test_a_network_learns_by_changes_in_place():
    rng = np.random.default_rng(0)
    layers = [Linear(2, 8, rng=rng), BatchNorm1d(8), ReLU(), Linear(8, 2, rng=rng)]
    arrays = [w for layer in layers for w in layer.params.values()]
    x = rng.standard_normal((64, 2)).astype("float32")
    t = (x[:, 0] * x[:, 1] > 0).astype(int)
    optimizer = Adam(layers, lr=np.float64(0.03))

    losses = []
    for _ in range(80):
        losses.append(forward_and_backward(layers, x, t))
        optimizer.step()

    assert losses[-1] < losses[0] / 5
    assert all(w.dtype == "float32" for w in arrays)
    assert [*optimizer.state] == ["0.weight", "0.bias", "1.weight", "1.bias", "3.weight", "3.bias"]


def forward_and_backward(layers, x, t):
    """Fill the layers' gradients, and return the loss."""
    loss = convnet.CrossEntropyLoss()
    for layer in layers:
        x = layer.forward(x)
    value, dy = loss.forward(x, t), loss.backward()
    for layer in reversed(layers):
        dy = layer.backward(dy)
    return value


@pytest.mark.parametrize(("name", "options"), SETTINGS.values(), ids=SETTINGS.keys())
def test_a_loaded_state_continues_as_if_nothing_had_happened(name, options):
    ours, weights, *_ = twins(name, options)
    again, others, *_ = twins(name, {})
    for t in range(20):
        weights.grads = gradients(weights.params, t)
        ours.step()
        if t == 9:
            again.load_state_dict(ours.state_dict())
            others.params = {key: w.copy() for key, w in weights.params.items()}
        if t >= 10:
            others.grads = gradients(others.params, t)
            again.step()

    for key, w in weights.params.items():
        np.testing.assert_array_equal(others.params[key], w)


def test_a_step_keeps_nothing_of_the_gradients_arrays():
    ours, weights, *_ = twins("SGD", {"momentum": 0.9})
    weights.grads = gradients(weights.params, 0)
    ours.step()
    kept = ours.state["bias"]["momentum_buffer"].copy()

    weights.grads["bias"][...] = 7

    np.testing.assert_array_equal(ours.state["bias"]["momentum_buffer"], kept)


def test_the_learning_rate_can_be_set_between_steps():
    ours, weights, *_ = twins("SGD", {"lr": 0.1})
    weights.grads = {key: np.ones_like(w) for key, w in weights.params.items()}
    before = weights.params["bias"].copy()
    ours.step()

    ours.lr = 0.5
    ours.step()

    np.testing.assert_allclose(weights.params["bias"], before - 0.6)


LAYER = Linear(2, 3, rng=np.random.default_rng(0))
STATES = {
    "empty": SGD(LAYER).state_dict(),
    "other": Adam(LAYER).state_dict(),
    "shape": {**SGD(LAYER).state_dict(), "state": {"weight": {"x": np.ones(2)}, "bias": {}}},
}
BAD_CALLS = {
    "nothing": (lambda: SGD([ReLU()]), "there is no parameter to change"),
    "twice": (lambda: SGD([LAYER, LAYER]), "a parameter comes twice"),
    "lr": (lambda: SGD(LAYER, lr=-1), "lr must be at least 0, not -1"),
    "nan": (lambda: SGD(LAYER, lr=float("nan")), "lr must be at least 0, not nan"),
    "betas": (lambda: Adam(LAYER, betas=(0.9, 1)), "betas are two numbers below 1"),
    "one beta": (lambda: Adam(LAYER, betas=(0.9,)), "betas are two numbers below 1"),
    "nesterov": (lambda: SGD(LAYER, nesterov=True), "needs a momentum"),
    "kind": (lambda: SGD(LAYER).load_state_dict(STATES["other"]), "options has ['lr', 'betas'"),
    "text": (lambda: SGD(LAYER, lr="0.1"), "lr must be a number, not '0.1'"),
    "number": (lambda: Adam(LAYER, betas=0.9), "betas are two numbers below 1, not 0.9"),
    "no state": (lambda: SGD(LAYER).load_state_dict({}), "no optimizer's state_dict: it has no"),
    "names": (
        lambda: SGD([LAYER]).load_state_dict(STATES["empty"]),
        "state has ['weight', 'bias']",
    ),
    "shape": (lambda: SGD(LAYER).load_state_dict(STATES["shape"]), "weight has shape (3, 2)"),
}


@pytest.mark.parametrize(("call", "message"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_calls_that_cannot_work_are_named(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_a_gradient_of_another_shape_is_named():
    layer = Weights()
    layer.grads = {"weight": np.ones((3, 2)), "bias": np.ones(4)}

    with pytest.raises(ValueError, match=re.escape("weight has shape (2, 3), its gradient has")):
        SGD(layer).step()


def test_an_unknown_option_is_named():
    with pytest.raises(TypeError, match="SGD has no option beta"):
        SGD(LAYER, beta=0.9)


NO_LAYERS = {
    "parameters": (lambda: LAYER.params, "of type dict"),
    "arrays": (lambda: [*LAYER.params.values()], "of type ndarray"),
    "class": (lambda: Linear, "not Linear"),
    "nothing": (lambda: None, "of type NoneType"),
}


@pytest.mark.parametrize(("layers", "message"), NO_LAYERS.values(), ids=NO_LAYERS.keys())
def test_what_is_no_layer_is_named(layers, message):
    with pytest.raises(TypeError, match=f"a list of layers, as in .* {message}"):
        SGD(layers())
