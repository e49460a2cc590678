"""Save what a network has learned, and load it into a network of the same build."""

from pathlib import Path
from zipfile import BadZipFile

import numpy as np

KINDS = ("params", "buffers")


def save(network, path) -> Path:
    """Write the parameters and buffers of a network into an .npz file; its folder is made.

    The file holds numbers and their names only: loading it can run no code.

    Returns:
        The file, whose name ends with `.npz`.
    """
    path = file_of(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(partial, **_named(network))
    partial.replace(path)
    return path


def load(network, path) -> None:
    """Put saved numbers into the arrays of a network.

    Nothing is changed unless everything fits.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: `save` has not written it, or it has other names or shapes than the network.
    """
    own, saved = _named(network), read(file_of(path))
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


def file_of(path) -> Path:
    """The path with `.npz` at its end; a dot within the name, as in `run-0.1`, stays."""
    path = Path(path)
    return path if path.suffix == ".npz" else path.with_name(f"{path.name}.npz")


def read(path) -> dict:
    """All arrays of a file by name.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: `save` has not written it.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except FileNotFoundError:
        raise FileNotFoundError(f"there is no file {path}: save a network there first") from None
    except (OSError, EOFError, TypeError, ValueError, BadZipFile) as error:
        message = f"{path} is no file that `save` has written, or it is damaged: save it again"
        raise ValueError(message) from error


def _named(network) -> dict:
    """All arrays of a network or a layer by kind and name, such as `params/0.weight`."""
    return {
        f"{kind}/{name}": array
        for kind in KINDS
        for name, array in getattr(network, kind, {}).items()
    }
