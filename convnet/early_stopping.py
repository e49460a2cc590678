"""Stop training when the validation loss no longer improves, and take the best weights."""

import numpy as np


class EarlyStopping:
    """Watch a loss, epoch by epoch, and keep the parameters of the best epoch.

    An epoch is better if its loss lies below the best one so far by more than `min_delta`.

    Args:
        layers: one layer or network, or a list of them, whose `params` (and `buffers`, if it has
            any) are kept; none, if only the epochs are asked for.
        patience: so many epochs in a row without an improvement end the training.
        min_delta: how much an epoch must be better to count, at least.

    Attributes:
        best, best_epoch: the smallest loss that counted, and its epoch, from 0 on.

    Source:
        Prechelt (1998), https://doi.org/10.1007/3-540-49430-8_3
    """

    def __init__(self, layers=(), *, patience=5, min_delta=0.0) -> None:
        self.layers = list(layers) if isinstance(layers, list | tuple) else [layers]
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch, self.epoch = np.inf, None, -1
        self.kept = None

    def stop(self, loss):
        """Note the loss of the next epoch; return whether the training should end."""
        self.epoch += 1
        if loss < self.best - self.min_delta:
            self.best, self.best_epoch = float(loss), self.epoch
            self.kept = [array.copy() for array in self._arrays()]
        last_good = -1 if self.best_epoch is None else self.best_epoch
        return self.epoch - last_good >= self.patience

    def restore(self):
        """Put the parameters of the best epoch back into the layers.

        Raises:
            ValueError: no epoch has been noted yet, or every loss was nan.
        """
        if self.kept is None:
            raise ValueError("there is no best epoch: `stop` has seen no loss that is a number")
        for array, kept in zip(self._arrays(), self.kept, strict=True):
            array[...] = kept

    def _arrays(self):
        """All arrays to keep, in a fixed order."""
        for layer in self.layers:
            for arrays in (layer.params, getattr(layer, "buffers", {})):
                yield from arrays.values()
