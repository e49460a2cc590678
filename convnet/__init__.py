"""The layers of a convolutional network, forward and backward, in NumPy and nothing else.

A layer is an object with four things:

- `params`, its arrays by name, and `grads`, the loss's gradients by them, under the same names;
- `forward(x)`, which returns y and remembers what `backward` will need;
- `backward(dy)`, which fills `grads` and returns dx.

A loss ends the network: its `forward(z, t)` takes the targets too, and its `backward()` nothing.
An optimizer holds layers, and its `step()` changes their `params` by their `grads`.
Names, shapes and conventions are PyTorch's: images are (N, C, H, W).
"""

from convnet.activations import LeakyReLU, PReLU, ReLU, Sigmoid, Softplus, Tanh
from convnet.batch_norm import BatchNorm1d, BatchNorm2d
from convnet.conv import Conv2d
from convnet.linear import Flatten, Linear
from convnet.loss import CrossEntropyLoss
from convnet.optim import SGD, Adagrad, Adam, AdamW, RMSprop
from convnet.pool import AvgPool2d, GlobalAvgPool2d, MaxPool2d

__all__ = [
    "SGD",
    "Adagrad",
    "Adam",
    "AdamW",
    "AvgPool2d",
    "BatchNorm1d",
    "BatchNorm2d",
    "Conv2d",
    "CrossEntropyLoss",
    "Flatten",
    "GlobalAvgPool2d",
    "LeakyReLU",
    "Linear",
    "MaxPool2d",
    "PReLU",
    "RMSprop",
    "ReLU",
    "Sigmoid",
    "Softplus",
    "Tanh",
]
