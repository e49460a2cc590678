"""The layers of a convolutional network, forward and backward, in NumPy and nothing else.

A layer is an object with four things:

- `params`, its arrays by name, and `grads`, the loss's gradients by them, under the same names;
- `forward(x)`, which returns y and remembers what `backward` will need;
- `backward(dy)`, which fills `grads` and returns dx.

Names, shapes and conventions are PyTorch's: images are (N, C, H, W).
"""

from convnet.batch_norm import BatchNorm1d, BatchNorm2d
from convnet.conv import Conv2d

__all__ = ["BatchNorm1d", "BatchNorm2d", "Conv2d"]
