"""The layers of a convolutional network, forward and backward, in NumPy and nothing else.

A layer is an object with four things:

- `params`, its arrays by name, and `grads`, the loss's gradients by them, under the same names;
- `forward(x)`, which returns y and remembers what `backward` will need;
- `backward(dy)`, which fills `grads` and returns dx.

A loss ends the network: its `forward(z, t)` takes the targets too, and its `backward()` nothing.
Names, shapes and conventions are PyTorch's: images are (N, C, H, W).
"""

from convnet.activations import LeakyReLU, PReLU, ReLU, Sigmoid, Softplus, Tanh
from convnet.conv import Conv2d
from convnet.linear import Flatten, Linear
from convnet.loss import CrossEntropyLoss

__all__ = [
    "Conv2d",
    "CrossEntropyLoss",
    "Flatten",
    "LeakyReLU",
    "Linear",
    "PReLU",
    "ReLU",
    "Sigmoid",
    "Softplus",
    "Tanh",
]
