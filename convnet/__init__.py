"""The layers of a convolutional network, forward and backward, in NumPy and nothing else.

A layer is an object with four things:

- `params`, its arrays by name, and `grads`, the loss's gradients by them, under the same names;
- `forward(x)`, which returns y and remembers what `backward` will need;
- `backward(dy)`, which fills `grads` and returns dx.

A loss ends the network: its `forward(z, t)` takes the targets too, and its `backward()` nothing.
An optimizer holds layers, and its `step()` changes their `params` by their `grads`.
A network is a layer made of layers; `fit` trains it, `save` and `load` keep what it has learned.
Names, shapes and conventions are PyTorch's: images are (N, C, H, W).
"""

from convnet.activations import LeakyReLU, PReLU, ReLU, Sigmoid, Softplus, Tanh
from convnet.batch_norm import BatchNorm1d, BatchNorm2d
from convnet.conv import Conv2d
from convnet.dropout import Dropout, Dropout2d
from convnet.early_stopping import EarlyStopping
from convnet.linear import Flatten, Linear
from convnet.loss import CrossEntropyLoss
from convnet.network import Concat, Network, Residual, Sequential
from convnet.optim import SGD, Adagrad, Adam, AdamW, RMSprop
from convnet.pool import AvgPool2d, GlobalAvgPool2d, MaxPool2d
from convnet.progress import ProgressBar
from convnet.saving import load, save
from convnet.training import History, evaluate, fit, predict, train_step

__all__ = [
    "SGD",
    "Adagrad",
    "Adam",
    "AdamW",
    "AvgPool2d",
    "BatchNorm1d",
    "BatchNorm2d",
    "Concat",
    "Conv2d",
    "CrossEntropyLoss",
    "Dropout",
    "Dropout2d",
    "EarlyStopping",
    "Flatten",
    "GlobalAvgPool2d",
    "History",
    "LeakyReLU",
    "Linear",
    "MaxPool2d",
    "Network",
    "PReLU",
    "ProgressBar",
    "RMSprop",
    "ReLU",
    "Residual",
    "Sequential",
    "Sigmoid",
    "Softplus",
    "Tanh",
    "evaluate",
    "fit",
    "load",
    "predict",
    "save",
    "train_step",
]
