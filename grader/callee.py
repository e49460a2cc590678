"""A function that is called many times: what can be found out about it once is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.callables import accepts
from grader.case import Inputs
from grader.exercise import Function
from grader.restored import Restored


class Callee:
    """A function and what is expected of it.

    Args:
        function: what a learner wrote, or a baseline.
        spec: the function as the exercise defines it.
    """

    def __init__(self, function: Callable[..., Any], spec: Function) -> None:
        self.function, self.spec = function, spec
        self.around = Restored()
        self._accepted: dict[tuple[str, ...], bool] = {}

    def arguments(self, inputs: Inputs) -> tuple[list[Any], dict[str, Any]]:
        """The inputs as they are passed: by position, and by name."""
        required = self.spec.required
        options = {name: value for name, value in inputs.items() if name not in required}
        return [inputs[name] for name in required], options

    def accepts(self, options: Inputs) -> bool:
        """Whether the function takes the required arguments and options of these names."""
        names = tuple(options)
        if names not in self._accepted:
            self._accepted[names] = accepts(
                self.function, list(self.spec.required), {} if self.spec.method else options
            )
        return self._accepted[names]
