"""Let an optimizer's `step` walk: hand it the gradients of a slope, and note where w goes.

A learner's step may return or change anything. So it is given arrays of its own in every step,
only plain numbers of what it returns are taken on, and the walk ends at the first result that is
no w.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.case import Inputs, spread
from grader.plain import Foreign, plain

NOT_OPTIONS = ("w", "g", "state", "epoch")


@dataclass(frozen=True)
class Steps:
    """Many steps of one run, from `w`, along the slope `g(w, t)`, with a `state` that begins empty.

    What is compared has one row more than there are steps: `w[t]` is w after t of them.

    Args:
        count: how many steps.
        in_turn: whether each row of w is a weight of its own, with its own state; all of them
            step in turn.
        batches: how many steps an epoch has, if the step is told the `epoch`; the first is 1.
        drop: after so many steps lr falls to a quarter; 0 for never.
        back: after so many steps w is set back to where it began; 0 for never.
    """

    count: int
    in_turn: bool = False
    batches: int = 0
    drop: int = 0
    back: int = 0

    def __call__(self, step: Callable[..., Any], inputs: Inputs) -> Any:
        """Walk; a result that is no w is returned in the place of the walk."""
        way = Way(step, inputs)
        path = self._walk(way, inputs)
        way.look_back()
        return path

    def _walk(self, way: Way, inputs: Inputs) -> Any:
        walks = [[w] for w in (plain(inputs["w"]) if self.in_turn else [plain(inputs["w"])])]
        states: list[dict] = [{} for _ in walks]
        for t in range(self.count):
            epoch = [1 + t // self.batches] if self.batches else []
            if t and t == self.drop:
                way.options["lr"] /= 4
            for walk, state in zip(walks, states, strict=True):
                start = walk[0] if t and t == self.back else walk[-1]
                result = way.go(start, t, state, *epoch)
                if type(result) is not np.ndarray:
                    return without_foreign(result)
                if result.shape != walk[0].shape:
                    return np.broadcast_to(result, (self.count + 1, *result.shape))
                walk.append(result)
        paths = [np.stack(walk) for walk in walks]
        return np.stack(paths, axis=1) if self.in_turn else paths[0]

    def texts(self, inputs: Inputs) -> dict[str, str]:
        """How w, its gradient, the state and the epoch are written inside the loop."""
        cast = "" if inputs["w"].dtype == np.float64 else ".astype(w.dtype)"
        more = {"epoch": f"1 + t // {self.batches}"} if self.batches else {}
        if self.drop:
            more["lr"] = f"{inputs['lr']} if t < {self.drop} else {inputs['lr'] / 4}"
        if self.in_turn:
            return {"w": "w[i]", "g": f"g(w[i], t){cast}", "state": "states[i]"} | more
        return {"g": f"g(w, t){cast}", "state": "state"} | more

    def paste(self, call: str) -> str:
        """The loop around a call."""
        loop = f"for t in range({self.count}):"
        if self.in_turn:
            inner = f"    for i in range(len(w)):\n        w[i] = {call}"
            return f"states = [{{}} for _ in w]\n{loop}\n{inner}\n    print(w)"
        if self.back:
            loop = f"start = w\n{loop}\n    if t == {self.back}:\n        w = start"
        return f"state = {{}}\n{loop}\n    w = {call}\n    print(w)"


class Way:
    """What stays the same from step to step: the step itself, the slope and the options."""

    def __init__(self, step: Callable[..., Any], inputs: Inputs) -> None:
        self.step, self.inputs, self.slope = step, inputs, inputs["g"]
        self.dtype = inputs["w"].dtype
        self.contiguous = inputs["w"].flags.c_contiguous
        self.options = {k: value for k, value in inputs.items() if k not in NOT_OPTIONS}
        self.seen: list[tuple[str, np.ndarray, bytes]] = []

    def go(self, w: np.ndarray, t: int, *rest: Any) -> Any:
        """One step, as plain data."""
        made = {"w": w, "g": np.asarray(self.slope(w, t), dtype=self.dtype)}
        given = {name: self._own(array) for name, array in made.items()}
        self.seen += [(name, array, array.tobytes()) for name, array in given.items()]
        returned = self.step(*given.values(), *rest, **self.options)
        result = plain(returned)
        if type(returned) is type(result) is np.ndarray:
            self.seen.append(("w", returned, result.tobytes()))
        return result

    def look_back(self) -> None:
        """Take an array out of the inputs that was changed, at once or in a later step.

        What a step has returned is the caller's w from then on.
        """
        for name, array, before in self.seen:
            if array.tobytes() != before:
                self.inputs[name] = None

    def _own(self, array: np.ndarray) -> np.ndarray:
        """A copy that is as contiguous as the first w."""
        return array.copy() if self.contiguous else spread(array)


def without_foreign(value: Any) -> Any:
    """A plain value in which None stands for what is foreign, such as a state that came along."""
    if isinstance(value, tuple | list):
        return type(value)(map(without_foreign, value))
    return None if isinstance(value, Foreign) and value.type_name == "dict" else value
