"""The layers of a convolutional network, forward and backward, in NumPy and nothing else.

A layer is an object with four things:

- `params`, its arrays by name, and `grads`, the loss's gradients by them, under the same names;
- `forward(x)`, which returns y and remembers what `backward` will need;
- `backward(dy)`, which fills `grads` and returns dx.

A loss ends the network: its `forward(z, t)` takes the targets too, and its `backward()` nothing.
Names, shapes and conventions are PyTorch's: images are (N, C, H, W).
"""

from convnet.activations import LeakyReLU, PReLU, ReLU, Sigmoid, Softplus, Tanh
from convnet.batch_norm import BatchNorm1d, BatchNorm2d
from convnet.conv import Conv2d
from convnet.early_stopping import EarlyStopping
from convnet.linear import Flatten, Linear
from convnet.loss import CrossEntropyLoss
from convnet.pool import AvgPool2d, GlobalAvgPool2d, MaxPool2d

__all__ = [
    "AvgPool2d",
    "BatchNorm1d",
    "BatchNorm2d",
    "Conv2d",
    "CrossEntropyLoss",
    "EarlyStopping",
    "Flatten",
    "GlobalAvgPool2d",
    "LeakyReLU",
    "Linear",
    "MaxPool2d",
    "PReLU",
    "ReLU",
    "Sigmoid",
    "Softplus",
    "Tanh",
]
