"""Describe each layer of a learner's network in the words of chapter 1, all spelled alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.case import Inputs

Layer = dict[str, Any]

# What a key stands for if it is left out; None: it has to be there.
KEYS: dict[str, dict[str, Any]] = {
    "conv": {"out": None, "k": None, "s": 1, "p": 0, "d": 1, "groups": 1, "bias": True},
    "maxpool": {"k": None, "s": None, "p": 0, "d": 1, "ceil": False},
    "avgpool": {"k": None, "s": None, "p": 0, "ceil": False},
    "linear": {"out": None, "bias": True},
    "relu": {},
    "bn": {},
    "gap": {},
    "flatten": {},
}
# They change neither shapes nor numbers, and networks are drawn with and without them.
LEFT_OUT = ("dropout", "lrn")


def word(layer: Layer, place: int) -> str:
    """One layer, such as `conv out=96 k=11 s=4`; what is as usual is not named.

    Raises:
        ValueError: the layer has another form than in chapter 1.
    """
    if not isinstance(layer, dict) or "kind" not in layer:
        raise ValueError(f"layer {place} is no dict with a 'kind', but {layer!r}")
    kind, given = layer["kind"], {**layer}
    del given["kind"]
    if kind not in KEYS:
        raise ValueError(f"layer {place} has the kind {kind!r}; there are: {', '.join(KEYS)}")
    if unknown := sorted(given.keys() - KEYS[kind].keys()):
        raise ValueError(f"layer {place}, {kind}, has no key {unknown[0]!r}")
    parts = [kind]
    for key, usual in KEYS[kind].items():
        value = _single(given.get(key, usual))
        if key == "s" and kind.endswith("pool"):
            value = _single(given.get("k")) if value is None else value
        elif value is None:
            raise ValueError(f"layer {place}, {kind}, needs the key {key!r}")
        if value != usual:
            parts.append(f"{key}={value}")
    return " ".join(parts)


def _single(value: Any) -> Any:
    """A pair of equal numbers as one number."""
    if isinstance(value, tuple | list) and len(value) == 2 and value[0] == value[1]:
        return value[0]
    return value


def words(net: Any) -> list[str]:
    """All layers of a network; dropout may be there or not.

    Raises:
        ValueError: it is no list of layers.
    """
    if net is None or isinstance(net, str | dict):
        got = "None: is a `return` missing?" if net is None else f"a {type(net).__name__}"
        raise ValueError(f"a network is a list of layers, and this is {got}")
    kept = [
        layer for layer in net if not (isinstance(layer, dict) and layer.get("kind") in LEFT_OUT)
    ]
    return [word(layer, place) for place, layer in enumerate(kept)]


@dataclass(frozen=True)
class InWords:
    """Call a function that builds a network, and describe what it has built."""

    def __call__(self, function: Callable[..., Any], inputs: Inputs) -> Any:
        """A word for each layer."""
        return words(function(**inputs))

    def texts(self, _: Inputs) -> dict[str, str]:
        """Nothing is written in another way."""
        return {}

    def paste(self, call: str) -> str:
        """The code that shows the network."""
        return call
