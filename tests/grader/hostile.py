"""Objects that lie or raise whatever is asked of them; kept apart, since pytest asks too."""

import sys

import numpy as np


class Hostile:
    """Whatever is asked of it raises."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __call__(self, x, b):
        raise ValueError("called")

    @property
    def __class__(self):
        raise RuntimeError("class")

    @property
    def __wrapped__(self):
        raise RuntimeError("wrapped")

    def __repr__(self):
        raise RuntimeError("repr")

    __eq__ = __str__ = __bool__ = __len__ = __iter__ = __array__ = __repr__
    __hash__ = None


class Meta(type):
    """A class of classes whose names raise, and that are subclasses of anything."""

    @property
    def __name__(cls):
        raise RuntimeError

    @property
    def __module__(cls):
        raise RuntimeError

    def __subclasscheck__(cls, other):
        return True


class Nameless(metaclass=Meta):
    pass


class Error(Exception, metaclass=Meta):
    def __str__(self):
        sys.exit("no text either")


class Subtle(np.ndarray):
    @property
    def dtype(self):
        raise RuntimeError

    shape = size = dtype


class Pair(tuple):
    def __iter__(self):
        raise RuntimeError

    __len__ = __getitem__ = __iter__


def with_hostile_name():
    """A function whose notebook has a hostile object under a name that it uses."""
    names = {"hostile": Hostile()}
    exec("def add_bias(x, b):\n    return hostile and x", names)
    return names["add_bias"]


def with_hostile_default(required):
    """A function of so many required arguments, with a default that cannot be printed."""
    names = {"hostile": Hostile()}
    exec(f"def add_bias({required}, b=hostile):\n    return x", names)
    return names["add_bias"]
