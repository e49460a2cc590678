"""Optimizers: they change the parameters of layers by a rule, once a batch.

    optimizer = Adam([conv, linear], lr=1e-3)
    ...                       # forward, and backward, which fills the layers' grads
    optimizer.step()

Names, defaults and results are those of torch.optim.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import ClassVar

import numpy as np

from convnet.functional.optim import adagrad_step, adam_step, adamw_step, rmsprop_step, sgd_step


class Optimizer:
    """A rule, its options, and what it remembers of each parameter.

    Args:
        layers: a layer or network (anything with `params` and `grads`), or a list of them.
        lr: the learning rate.
        options: others of `defaults`.

    Attributes:
        defaults: each option of the rule and what it is if it is not given.

    Raises:
        TypeError: there is no such option, or `layers` is something else.
        ValueError: there is no parameter, one comes twice, or an option is out of its range.
    """

    rule: Callable
    defaults: ClassVar[dict] = {}

    def __init__(self, layers, lr=None, **options) -> None:
        if unknown := options.keys() - self.defaults.keys():
            raise TypeError(f"{type(self).__name__} has no option {min(unknown)}")
        given = options if lr is None else {"lr": lr, **options}
        check_layers(layers)
        self.layers, self.options = layers, check_options({**self.defaults, **given})
        self.state = {name: {} for name, *_ in self._parameters()}
        if not self.state:
            raise ValueError("there is no parameter to change")
        if len({id(array) for array in self.arrays}) < len(self.state):
            raise ValueError("a parameter comes twice; give a network or its layers, not both")

    @property
    def arrays(self) -> list:
        """The parameters that a step changes, in place."""
        return [owner.params[key] for _, owner, key in self._parameters()]

    @property
    def lr(self) -> float:
        """The learning rate; a schedule may set it before a step."""
        return self.options["lr"]

    @lr.setter
    def lr(self, value) -> None:
        self.options = check_options({**self.options, "lr": value})

    def step(self) -> None:
        """Change every parameter, in place, by its gradient.

        Raises:
            ValueError: a gradient does not have the shape of its parameter.
        """
        for name, owner, key in self._parameters():
            w, g = owner.params[key], owner.grads[key]
            if w.shape != np.shape(g):
                raise ValueError(f"{name} has shape {w.shape}, its gradient has {np.shape(g)}")
            w[...] = self.rule(w, np.asarray(g, w.dtype), self.state[name], **self.options)

    def state_dict(self) -> dict:
        """A copy of the options and of what is remembered, by the parameters' names."""
        return deepcopy({"options": self.options, "state": self.state})

    def load_state_dict(self, state_dict: dict) -> None:
        """Continue from what `state_dict` returned.

        Raises:
            ValueError: it belongs to other parameters or to another kind of optimizer.
        """
        theirs, ours = deepcopy(state_dict), {"options": self.options, "state": self.state}
        for part in ours:
            if part not in (theirs or {}):
                raise ValueError(f"that is no optimizer's state_dict: it has no {part}")
            if theirs[part].keys() != ours[part].keys():
                raise ValueError(f"{part} has {[*theirs[part]]}, it needs {[*ours[part]]}")
        for name, owner, key in self._parameters():
            for kept in theirs["state"][name].values():
                if np.shape(kept) not in {(), owner.params[key].shape}:
                    raise ValueError(
                        f"{name} has shape {owner.params[key].shape}, "
                        f"its state has {np.shape(kept)}"
                    )
        self.options, self.state = check_options(theirs["options"]), theirs["state"]

    def _parameters(self) -> Iterator[tuple]:
        """For each parameter, its name, whose it is and what that one calls it."""
        if hasattr(self.layers, "params"):
            yield from ((key, self.layers, key) for key in self.layers.params)
            return
        for i, layer in enumerate(self.layers):
            yield from ((f"{i}.{key}", layer, key) for key in layer.params)


def check_layers(layers) -> None:
    """Refuse what is no layer and no list of layers.

    Raises:
        TypeError: the message says what it is instead.
    """
    listed = layers if isinstance(layers, list | tuple) else [layers]
    for layer in listed:
        if isinstance(layer, type) or not hasattr(layer, "params"):
            name = layer.__name__ if isinstance(layer, type) else f"of type {type(layer).__name__}"
            wanted = "a layer, a network or a list of layers, as in Adam(network)"
            raise TypeError(f"an optimizer takes {wanted}, not {name}")


def check_options(options: dict) -> dict:
    """Return the options with plain numbers, which leave a weight's dtype as it is.

    Raises:
        ValueError: one is out of its range.
    """
    plain = {name: np.asarray(value).tolist() for name, value in options.items()}
    for name, value in plain.items():
        if np.asarray(value).dtype.kind not in "biuf":
            raise ValueError(f"{name} must be a number, not {value!r}")
        if not np.all(np.asarray(value) >= 0):
            raise ValueError(f"{name} must be at least 0, not {value}")
    betas = plain.get("betas", [0, 0])
    if np.shape(betas) != (2,) or max(betas) >= 1:
        raise ValueError(f"betas are two numbers below 1, not {betas}")
    if plain.get("nesterov") and (plain["momentum"] == 0 or plain["dampening"]):
        raise ValueError("Nesterov's momentum needs a momentum, and no dampening")
    return plain


class SGD(Optimizer):
    """Descent, with or without momentum; see `sgd_step`."""

    rule = staticmethod(sgd_step)
    defaults: ClassVar[dict] = {
        "lr": 1e-3,
        "momentum": 0.0,
        "dampening": 0.0,
        "weight_decay": 0.0,
        "nesterov": False,
        "maximize": False,
    }


class Adagrad(Optimizer):
    """Each weight's steps shrink with all its gradients so far; see `adagrad_step`."""

    rule = staticmethod(adagrad_step)
    defaults: ClassVar[dict] = {
        "lr": 1e-2,
        "lr_decay": 0.0,
        "weight_decay": 0.0,
        "initial_accumulator_value": 0.0,
        "eps": 1e-10,
        "maximize": False,
    }


class RMSprop(Optimizer):
    """Each weight's steps shrink with its recent gradients; see `rmsprop_step`."""

    rule = staticmethod(rmsprop_step)
    defaults: ClassVar[dict] = {
        "lr": 1e-2,
        "alpha": 0.99,
        "eps": 1e-8,
        "weight_decay": 0.0,
        "momentum": 0.0,
        "centered": False,
        "maximize": False,
    }


class Adam(Optimizer):
    """Momentum, with steps that shrink with the recent gradients; see `adam_step`."""

    rule = staticmethod(adam_step)
    defaults: ClassVar[dict] = {
        "lr": 1e-3,
        "betas": (0.9, 0.999),
        "eps": 1e-8,
        "weight_decay": 0.0,
        "amsgrad": False,
        "maximize": False,
    }


class AdamW(Optimizer):
    """Adam whose weights shrink by themselves, not through the gradient; see `adamw_step`."""

    rule = staticmethod(adamw_step)
    defaults: ClassVar[dict] = {**Adam.defaults, "weight_decay": 1e-2}
