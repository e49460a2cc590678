"""Train a network: batch after batch, forward, backward, one step; and see how well it does."""

from dataclasses import dataclass, field

import numpy as np

from convnet.progress import ProgressBar


@dataclass
class History:
    """What happened, one number for each epoch; accuracies from 0 to 1.

    Args:
        loss: the mean loss of the epoch's batches, as they were when their turn came.
        accuracy: the share of the training images that was right then.
        held_out_loss, held_out_accuracy: of images that are not trained on, after the epoch.
    """

    loss: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    held_out_loss: list[float] = field(default_factory=list)
    held_out_accuracy: list[float] = field(default_factory=list)

    def last(self) -> str:
        """The numbers of the last epoch, for people."""
        told = {"loss": self.loss, "accuracy": self.accuracy, "held out": self.held_out_accuracy}
        return ", ".join(f"{name} {values[-1]:.3f}" for name, values in told.items() if values)


def fit(
    network, loss, optimizer, data, *, epochs, batch_size=32, rng, held_out=None, stream=None
) -> History:
    """Train a network, and show how far it is.

    Shapes:
        data and held_out are pairs (x, t): x (N, ...) as the network takes it, t (N,).

    Args:
        network: what is trained; it is left in training.
        loss: a loss, whose `forward(z, t)` is a mean over the batch.
        optimizer: its `step()` changes the network's parameters by their gradients.
        epochs: how often every image has its turn.
        batch_size: how many images make one step; the last batch of an epoch may be smaller.
        rng: a `numpy.random.Generator`, for the order of the images.
        stream: where the progress bar goes, None for the screen.

    Raises:
        TypeError: data or rng is something else.
        ValueError: x and t do not have the same length, the optimizer belongs to another
            network, or the loss is no longer a number.
    """
    x, t = pair(data)
    held_out = None if held_out is None else pair(held_out)
    check_plan(network, optimizer, batch_size, rng)
    history, bar = History(), ProgressBar(epochs, stream)
    for _ in range(epochs):
        network.train()
        order = rng.permutation(len(x))
        batches = [order[i : i + batch_size] for i in range(0, len(x), batch_size)]
        told = [train_step(network, loss, optimizer, (x[own], t[own])) for own in batches]
        sums = np.sum(np.array(told) * [[len(own)] for own in batches], axis=0) / len(x)
        history.loss.append(float(sums[0]))
        history.accuracy.append(float(sums[1]))
        if held_out is not None:
            told = evaluate(network, loss, held_out)
            history.held_out_loss.append(told[0])
            history.held_out_accuracy.append(told[1])
        bar.step(history.last())
    network.train()
    return history


def pair(data) -> tuple:
    """The two arrays x and t of some data.

    Raises:
        TypeError: it is no pair.
        ValueError: the two have different lengths, or none.
    """
    if not isinstance(data, tuple | list) or len(data) != 2:
        raise TypeError("data must be a pair: the images, and the target of each, as in (x, t)")
    x, t = map(np.asarray, data)
    if len(x) != len(t):
        raise ValueError(f"there are {len(x)} images and {len(t)} targets")
    if not len(x):
        raise ValueError("there are no images")
    return x, t


def check_plan(network, optimizer, batch_size, rng) -> None:
    """Refuse a training that could not change the network.

    Raises:
        TypeError: rng is no generator.
        ValueError: the optimizer has none of the network's parameters, or a batch no image.
    """
    if not hasattr(rng, "permutation"):
        told = f"as np.random.default_rng(0) makes one, not {rng!r}"
        raise TypeError(f"rng must be a random generator, {told}")
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, not {batch_size}")
    own = {id(array) for array in network.params.values()}
    # Other things with a `step()` may not tell what they change.
    if own.isdisjoint(map(id, getattr(optimizer, "arrays", network.params.values()))):
        raise ValueError(
            "the optimizer changes another network's parameters: make a new one from this network"
        )


def train_step(network, loss, optimizer, batch) -> tuple[float, float]:
    """One step: forward, loss, backward, update.

    Returns:
        The loss and the accuracy of the batch, before the update.

    Raises:
        ValueError: the loss is infinite or no number.
    """
    x, t = batch
    z = network.forward(x)
    value = loss.forward(z, t)
    if not np.isfinite(value):
        if not np.isfinite(x).all():
            raise ValueError("x has NaN or infinity in it: look for it in the images")
        told = "try a smaller learning rate, with a new network"
        raise ValueError(f"the loss is {value}: {told}")
    network.backward(loss.backward())
    optimizer.step()
    return float(value), float(np.mean(z.argmax(axis=1) == t))


def evaluate(network, loss, data) -> tuple[float, float]:
    """The loss and the accuracy on data that is not trained on."""
    x, t = data
    z = predict(network, x)
    return float(loss.forward(z, t)), float(np.mean(z.argmax(axis=1) == t))


def predict(network, x, batch_size=256):
    """The network's outputs in evaluation, batch by batch; its mode stays as it was.

    Shapes:
        x (N, ...) -> y (N, ...) as the network returns it.
    """
    mode = network.training
    network.eval()
    try:
        return np.concatenate(
            [network.forward(x[i : i + batch_size]) for i in range(0, len(x), batch_size)]
        )
    finally:
        network.train(mode)
