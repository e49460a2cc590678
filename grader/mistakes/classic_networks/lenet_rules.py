"""LeNet by rules that can be replaced, one mistake at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from grader.mistakes.classic_networks.parts import conv, conv_back, max_pool, max_pool_back, softmax

Grads = dict[str, np.ndarray]


def relu(a):
    """Right behind all layers but the last."""
    return np.maximum(a, 0)


def relu_back(dy, a, masks):
    """The gradient passes where a was positive; masks are those of all ReLUs so far."""
    return dy * (a > 0)


def mean_loss(z, t):
    """The loss and its gradient by the scores."""
    p, N = softmax(z), len(t)
    picked = z[np.arange(N), t] - z.max(1)
    loss = np.mean(np.log(np.exp(z - z.max(1, keepdims=True)).sum(1)) - picked)
    p[np.arange(N), t] -= 1
    return loss, p / N


@dataclass(frozen=True)
class Rules:
    """How LeNet is computed; right unless replaced.

    Args:
        padding: of the first convolution.
        kernel, bias: what is made of a layer's kernel or bias, from its name, on the way forward.
        kernel_back: what is made of the second convolution's kernel on the way back.
        seen: the input of a linear layer whose gradient is taken, from the layer's name, that
            input and what it was before its ReLU.
        act, act_back: the activation and its gradient, by the number of its place, 0 to 3.
        pool, pool_back: pooling and its gradient.
        conv_back: the gradients of the second convolution.
        last: what is done to the scores.
        flatten, unflatten: maps to rows and back.
        loss: from scores and targets to the loss and its gradient.
        after: what is done to the gradients in the end; also gets x and the parameters.
    """

    padding: int = 2
    kernel: Callable = lambda name, w: w
    kernel_back: Callable = lambda w: w
    bias: Callable = lambda name, b: b
    seen: Callable = lambda name, h, a: h
    act: Callable = lambda place, a: relu(a)
    act_back: Callable = lambda place, dy, a, masks: relu_back(dy, a, masks)
    pool: Callable = max_pool
    pool_back: Callable = max_pool_back
    conv_back: Callable = conv_back
    last: Callable = lambda z: z
    flatten: Callable = lambda h: h.reshape(len(h), -1)
    unflatten: Callable = lambda dy, shape: dy.reshape(shape)
    loss: Callable = mean_loss
    after: Callable = field(default=lambda grads, x, params: grads)


def lenet(**rules) -> type:
    """A class `LeNet` that follows other rules."""
    own = Rules(**rules)

    class LeNet:
        def __init__(self, params):
            self.params = params

        def loss_and_grads(self, x, t):
            return _compute(own, self.params, x, t)

    return LeNet


def _compute(r: Rules, params, x, t):
    w = {name: params[f"{name}.weight"] for name in ("conv1", "conv2", "fc1", "fc2", "fc3")}
    b = {name: r.bias(name, params[f"{name}.bias"]) for name in w}
    grads, inputs = {}, {"conv1": x}
    before = [conv(x, r.kernel("conv1", w["conv1"]), b["conv1"], r.padding)]
    after = [r.act(0, before[0])]
    inputs["conv2"] = r.pool(after[0])
    before.append(conv(inputs["conv2"], r.kernel("conv2", w["conv2"]), b["conv2"], 0))
    after.append(r.act(1, before[1]))
    maps = r.pool(after[1])
    inputs["fc1"] = r.flatten(maps)
    for place, (name, following) in enumerate((("fc1", "fc2"), ("fc2", "fc3")), start=2):
        before.append(inputs[name] @ w[name].T + b[name])
        inputs[following] = r.act(place, before[place])
    z = r.last(inputs["fc3"] @ w["fc3"].T + b["fc3"])
    loss, dy = r.loss(z, t)
    masks = [a > 0 for a in before]
    for place, name in ((3, "fc3"), (2, "fc2"), (None, "fc1")):
        h = inputs[name] if place is None else r.seen(name, inputs[name], before[place])
        grads[f"{name}.weight"], grads[f"{name}.bias"] = dy.T @ h, dy.sum(0)
        dy = dy @ w[name]
        if place is not None:
            dy = r.act_back(place, dy, before[place], masks)
    dy = r.pool_back(r.unflatten(dy, maps.shape), after[1])
    dy = r.act_back(1, dy, before[1], masks)
    dy, *own = r.conv_back(dy, inputs["conv2"], r.kernel_back(w["conv2"]), 0)
    grads["conv2.weight"], grads["conv2.bias"] = own
    dy = r.act_back(0, r.pool_back(dy, after[0]), before[0], masks)
    _, grads["conv1.weight"], grads["conv1.bias"] = conv_back(dy, x, w["conv1"], r.padding)
    return loss, r.after({name: grads[name].astype(x.dtype) for name in params}, x, params)


def changed(change, *names):
    """The gradients of some parameters changed in the end; of all if none is named."""

    def after(grads, x, params):
        return {
            name: change(grad, x, params[name])
            if any(name.endswith(end) for end in names or ("",))
            else grad
            for name, grad in grads.items()
        }

    return lenet(after=after)
