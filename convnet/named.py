"""The arrays of several layers under one roof, each still the layer's own."""

from collections.abc import Iterator, MutableMapping


class Joined(MutableMapping):
    """The arrays of all parts, by the part's name, a dot and their own name.

    Nothing is copied: an array that is changed or replaced here is changed or replaced in its
    layer, and the other way round.

    Args:
        parts: layers or networks by name.
        kind: which arrays, such as `params`; a part may have none.
    """

    def __init__(self, parts: dict, kind: str) -> None:
        self._parts, self._kind = parts, kind

    def _arrays(self, part: str):
        return getattr(self._parts[part], self._kind, {})

    def _place(self, name: str):
        """The dict that an array lies in, and its name there.

        Raises:
            KeyError: there is no such array.
        """
        part, _, own = name.partition(".")
        if part not in self._parts or own not in self._arrays(part):
            raise KeyError(f"no {self._kind} named {name!r}; there are: {', '.join(self)}")
        return self._arrays(part), own

    def __getitem__(self, name: str):
        arrays, own = self._place(name)
        return arrays[own]

    def __setitem__(self, name: str, value) -> None:
        arrays, own = self._place(name)
        arrays[own] = value

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name!r} belongs to its layer, and stays there")

    def __iter__(self) -> Iterator[str]:
        for part in self._parts:
            for own in self._arrays(part):
                yield f"{part}.{own}"

    def __len__(self) -> int:
        return sum(1 for _ in self)
