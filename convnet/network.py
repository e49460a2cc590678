"""Networks: layers one after the other, side by side, or with a way around them.

A network is a layer too, so networks can be put into networks. Its `params`, `grads` and
`buffers` are those of its parts, under the name of the part, a dot, and their own name, such as
`0.weight`. They are the parts' own arrays: what an optimiser changes here changes the layers.
"""

import numpy as np

from convnet.named import Joined


class Network:
    """What all networks share: named parts, and the two modes of those parts that have them.

    Args:
        parts: layers or networks by name.
    """

    def __init__(self, parts: dict) -> None:
        self.parts = parts
        self.params = Joined(parts, "params")
        self.grads = Joined(parts, "grads")
        self.buffers = Joined(parts, "buffers")
        self.training = True

    def train(self, mode: bool = True):
        """Put all parts into training (or, with False, into evaluation); return the network."""
        self.training = mode
        for part in self.parts.values():
            if hasattr(part, "train"):
                part.train(mode)
        return self

    def eval(self):
        """Put all parts into evaluation; return the network."""
        return self.train(False)


class Sequential(Network):
    """Layers one after the other: what one returns, the next one takes.

    Shapes:
        x as the first layer takes it -> y as the last one returns it.

    Args:
        layers: in order; they are named `0`, `1` and so on.
    """

    def __init__(self, *layers) -> None:
        super().__init__({str(i): layer for i, layer in enumerate(layers)})

    def forward(self, x):
        """Return what the last layer makes of x."""
        for layer in self.parts.values():
            x = layer.forward(x)
        return x

    def backward(self, dy):
        """Go through the layers from the last to the first: fill their `grads`, return dx."""
        for layer in reversed(self.parts.values()):
            dy = layer.backward(dy)
        return dy


class Residual(Network):
    """A branch with a way around it: y = branch(x) + shortcut(x).

    Shapes:
        x as both take it -> y, which both must return in the same shape.

    Args:
        branch: a layer or network.
        shortcut: the way around it, such as a 1 x 1 convolution; None passes x on as it is.

    Source:
        He, Zhang, Ren & Sun (2016), section 3.2, https://arxiv.org/abs/1512.03385
    """

    def __init__(self, branch, shortcut=None) -> None:
        self.branch, self.shortcut = branch, shortcut
        parts = {"branch": branch, "shortcut": shortcut}
        super().__init__({name: part for name, part in parts.items() if part is not None})

    def forward(self, x):
        """Return the sum of both ways.

        Raises:
            ValueError: they return different shapes.
        """
        y = self.branch.forward(x)
        around = x if self.shortcut is None else self.shortcut.forward(x)
        if y.shape != around.shape:
            raise ValueError(f"the branch returns shape {y.shape}, the shortcut {around.shape}")
        return y + around

    def backward(self, dy):
        """Return dx: both ways get all of dy, and what comes back adds up."""
        around = dy if self.shortcut is None else self.shortcut.backward(dy)
        return self.branch.backward(dy) + around


class Concat(Network):
    """Branches side by side, their maps stacked: y = [branch 0(x), branch 1(x), ...].

    Shapes:
        x (N, C, H, W) -> y (N, F, OH, OW), where F is the sum of the branches' channels. All
        must return the same number of rows and columns.

    Args:
        branches: layers or networks; they are named `0`, `1` and so on.

    Source:
        Szegedy et al. (2015), section 4, https://arxiv.org/abs/1409.4842
    """

    def __init__(self, *branches) -> None:
        super().__init__({str(i): branch for i, branch in enumerate(branches)})
        self.channels = None

    def forward(self, x):
        """Return the channels of all branches, in their order.

        Raises:
            ValueError: a branch returns maps of another size.
        """
        maps = [branch.forward(x) for branch in self.parts.values()]
        for i, own in enumerate(maps):
            if own.shape[2:] != maps[0].shape[2:]:
                sizes = f"{own.shape[2:]} pixels, branch 0 of {maps[0].shape[2:]}"
                raise ValueError(f"branch {i} returns maps of {sizes}")
        self.channels = [own.shape[1] for own in maps]
        return np.concatenate(maps, axis=1)

    def backward(self, dy):
        """Return dx: each branch gets the part of dy that belongs to its maps.

        Raises:
            ValueError: dy does not have the channels of y, or there was no `forward`.
        """
        if self.channels is None:
            raise ValueError("backward needs the x of a forward call, and there was none")
        if dy.shape[1] != sum(self.channels):
            raise ValueError(f"dy has {dy.shape[1]} channels, y has {sum(self.channels)}")
        shares = np.split(dy, np.cumsum(self.channels)[:-1], axis=1)
        branches = self.parts.values()
        return sum(b.backward(own) for b, own in zip(branches, shares, strict=True))
