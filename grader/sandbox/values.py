"""Plain values as JSON with the bytes of their arrays behind it; reading them back trusts nothing.

`pack` runs on both sides, `unpack` where every byte may be hostile. It makes None, bool, int,
float, complex, str, tuple, list, `Foreign` and arrays of the listed dtypes: nothing else.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from grader.plain import MOST_DEPTH, MOST_ITEMS, Foreign, plain, plain_text
from grader.sandbox.errors import WireError

KINDS = ("?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "g")
DTYPES = {np.dtype(kind).str: np.dtype(kind) for kind in (*KINDS, "c8", "c16", "G")}
MOST_BYTES = 64 << 20
MOST_TEXT = 100_000
MOST_AXES = 32


class Packed:
    """Values on their way out: trees for the JSON, and the bytes of all their arrays.

    Args:
        room: how many bytes the arrays may have together; what is too large goes as `Foreign`.
    """

    def __init__(self, room: int = MOST_BYTES) -> None:
        self.parts: list[memoryview] = []
        self._room = room

    def pack(self, value: Any) -> Any:
        """The tree of a plain value."""
        kind = type(value)
        if value is None or kind in (bool, int, float):
            return value
        if kind is str:
            return value if len(value) <= MOST_TEXT else {"foreign": "very long str"}
        if kind is complex:
            return {"complex": [value.real, value.imag]}
        if kind is list:
            return [self.pack(item) for item in value]
        if kind is tuple:
            return {"tuple": [self.pack(item) for item in value]}
        if kind is np.ndarray:
            return self._array(value)
        if kind is Foreign:
            return {"foreign": value.type_name}
        raise WireError(f"{kind.__name__} is no plain value")

    def _array(self, array: np.ndarray) -> dict[str, Any]:
        if array.dtype.str not in DTYPES or array.ndim > MOST_AXES:
            return {"foreign": f"array of dtype {array.dtype.name}"}
        if array.nbytes > self._room:
            return {"foreign": f"array of shape {array.shape}, far too large"}
        self._room -= array.nbytes
        self.parts.append(memoryview(array.tobytes()))
        return {"array": [array.dtype.str, list(array.shape)]}


class Unpacked:
    """Values that have come in: the arrays' bytes are used up in the order of the trees.

    Args:
        blob: the bytes of all arrays.
    """

    def __init__(self, blob: bytes | bytearray) -> None:
        self._blob = blob
        self._place = 0
        self._items = 0

    def unpack(self, tree: Any, depth: int = 0) -> Any:
        """The value of a tree.

        Raises:
            WireError: it is not one that `pack` makes.
        """
        self._items += 1
        if depth > MOST_DEPTH + 1 or self._items > 3 * MOST_ITEMS:
            raise WireError("a value is nested too deep, or has too many items")
        if tree is None or type(tree) in (bool, int, float, str):
            return plain(tree)
        if type(tree) is list:
            return [self.unpack(item, depth + 1) for item in tree]
        if type(tree) is not dict or len(tree) != 1:
            raise WireError("a value of no known kind")
        ((kind, content),) = tree.items()
        return self._tagged(kind, content, depth)

    def _tagged(self, kind: str, content: Any, depth: int) -> Any:
        if kind == "tuple" and type(content) is list:
            return tuple(self.unpack(item, depth + 1) for item in content)
        if kind == "array" and type(content) is list and len(content) == 2:
            return self._array(*content)
        if kind == "foreign" and type(content) is str:
            return Foreign(plain_text(content, 200))
        if kind == "complex" and type(content) is list and len(content) == 2:
            real, imaginary = content
            if type(real) is float and type(imaginary) is float:
                return complex(real, imaginary)
        raise WireError("a value of no known kind")

    def _array(self, dtype: Any, shape: Any) -> np.ndarray:
        """An array, once its size is known to be that of bytes which are there."""
        if type(dtype) is not str or dtype not in DTYPES or type(shape) is not list:
            raise WireError("an array of no known dtype")
        if len(shape) > MOST_AXES or any(type(n) is not int or not 0 <= n < 2**40 for n in shape):
            raise WireError("an array of no possible shape")
        size = math.prod(shape) * DTYPES[dtype].itemsize
        if size > len(self._blob) - self._place:
            raise WireError("an array with more elements than bytes")
        data = bytes(memoryview(self._blob)[self._place : self._place + size])
        self._place += size
        try:
            array = np.frombuffer(bytearray(data), DTYPES[dtype]).reshape(shape)
            # A truth value may be any byte here, and only 0 and 1 behave as one.
            return array.view(np.uint8) != 0 if array.dtype == np.bool_ else array
        except ValueError as error:  # such as a shape of huge axes, one of them 0
            raise WireError("an array of no possible shape") from error
