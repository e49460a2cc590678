"""Save what a network has learned, and load it into a network of the same build."""

from pathlib import Path

import numpy as np

KINDS = ("params", "buffers")


def save(network, path) -> Path:
    """Write the parameters and buffers of a network into an .npz file.

    The file holds numbers and their names only: loading it can run no code.

    Returns:
        The file, whose name ends with `.npz`.
    """
    path = Path(path).with_suffix(".npz")
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(partial, **_named(network))
    partial.replace(path)
    return path


def load(network, path) -> None:
    """Put saved numbers into the arrays of a network.

    Nothing is changed unless everything fits.

    Raises:
        ValueError: the file has other names or shapes than the network.
    """
    own = _named(network)
    with np.load(Path(path).with_suffix(".npz"), allow_pickle=False) as file:
        saved = {name: file[name] for name in file.files}
    strange = sorted(saved.keys() ^ own.keys())
    if strange:
        side = "the file" if strange[0] in saved else "the network"
        raise ValueError(f"{strange[0]} is only in {side}: is it another network's file?")
    for name, array in own.items():
        if saved[name].shape != array.shape:
            shapes = f"{saved[name].shape} in the file, {array.shape} in the network"
            raise ValueError(f"{name} has shape {shapes}")
    for name, array in own.items():
        array[...] = saved[name]


def _named(network) -> dict:
    """All arrays of a network or a layer by kind and name, such as `params/0.weight`."""
    return {
        f"{kind}/{name}": array
        for kind in KINDS
        for name, array in getattr(network, kind, {}).items()
    }
