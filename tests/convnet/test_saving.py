"""What is saved comes back, into a network of the same build and into no other."""

import numpy as np
import pytest

from convnet import BatchNorm2d, Conv2d, Linear, ReLU, Sequential, load, save


def network(seed, filters=3):
    """A network with parameters and buffers."""
    rng = np.random.default_rng(seed)
    return Sequential(Conv2d(1, filters, 3, rng=rng), BatchNorm2d(filters), ReLU())


def test_a_network_comes_back_from_its_file(tmp_path):
    first, second = network(0), network(1)
    x = np.random.default_rng(2).normal(size=(2, 1, 5, 5)).astype("float32")
    first.forward(x)

    path = save(first, tmp_path / "lenet")
    load(second, tmp_path / "lenet")

    assert path == tmp_path / "lenet.npz"
    assert list(tmp_path.iterdir()) == [path]
    np.testing.assert_array_equal(first.eval().forward(x), second.eval().forward(x))


def test_a_file_of_another_network_is_refused_and_changes_nothing(tmp_path):
    path, second = save(network(0), tmp_path / "a.npz"), network(1, filters=4)
    kept = {name: value.copy() for name, value in second.params.items()}

    with pytest.raises(ValueError, match=r"weight has shape \(3, 1, 3, 3\) in the file, \(4, 1,"):
        load(second, path)

    for name, value in second.params.items():
        np.testing.assert_array_equal(value, kept[name])


def test_missing_and_additional_names_are_told(tmp_path):
    rng = np.random.default_rng(0)
    path = save(Sequential(Linear(2, 2, rng=rng)), tmp_path / "a")

    with pytest.raises(ValueError, match="params/0.bias is only in the file"):
        load(Sequential(Linear(2, 2, bias=False, rng=rng)), path)
    with pytest.raises(ValueError, match="buffers/1.running_mean is only in the network"):
        load(Sequential(Linear(2, 2, rng=rng), BatchNorm2d(2)), path)


def test_a_file_with_pickled_objects_is_refused(tmp_path):
    path = tmp_path / "bad.npz"
    np.savez(path, **{"params/0.weight": np.array([{}], dtype=object)})

    with pytest.raises(ValueError, match="bad.npz is no file that `save` has written"):
        load(Sequential(Linear(2, 2, rng=np.random.default_rng(0))), path)


def test_a_dot_in_a_name_is_not_the_beginning_of_an_ending(tmp_path):
    paths = [save(network(0), tmp_path / f"run-0.{i}") for i in (1, 2)]

    assert paths == [tmp_path / "run-0.1.npz", tmp_path / "run-0.2.npz"]
    load(network(1), tmp_path / "run-0.2")


def test_the_folder_of_a_file_is_made(tmp_path):
    assert save(network(0), tmp_path / "new" / "folder" / "a").exists()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no file .*gone.npz: save a network"):
        load(network(0), tmp_path / "gone")


def text(path, whole):
    path.write_text("hello")


def nothing(path, whole):
    path.write_bytes(b"")


def half(path, whole):
    path.write_bytes(whole[: len(whole) // 2])


def array(path, whole):
    with path.open("wb") as stream:
        np.save(stream, np.ones(3))


@pytest.mark.parametrize("write", [text, nothing, half, array])
def test_a_file_that_save_has_not_written_is_refused(write, tmp_path):
    path = save(network(0), tmp_path / "a")
    write(path, path.read_bytes())

    with pytest.raises(ValueError, match="a.npz is no file that `save` has written, or it is dam"):
        load(network(1), path)
