"""The course's own layers learn the digits, as well as it says and the same way every time."""

import io
from dataclasses import replace

import pytest

from benchmarks import training
from benchmarks.readme import TRAINING_LAB, in_readme
from benchmarks.training import RECIPES, SEEDS, main, report, table, train


def test_lenet_learns_the_small_digits_as_well_as_promised():
    run = train("digits", 0, io.StringIO())

    assert run.accuracy >= RECIPES["digits"].least


@pytest.fixture
def short(monkeypatch):
    """Recipes of one epoch."""
    for name, recipe in RECIPES.items():
        monkeypatch.setitem(training.RECIPES, name, replace(recipe, epochs=1))


def test_the_same_seed_gives_the_same_accuracy(short):
    first, again, other = (train("digits", seed, io.StringIO()).accuracy for seed in (1, 1, 2))

    assert first == again != other


def test_one_epoch_on_mnist_is_far_above_chance(short):
    assert train("mnist5k", 0, io.StringIO()).accuracy > 0.8


def test_the_networks_have_the_sizes_that_are_told():
    rng = training.np.random.default_rng(0)

    sizes = [
        sum(array.size for array in build(rng).params.values())
        for build in (training.small_lenet, training.lenet)
    ]

    assert sizes == [3658, 61706]


def test_a_median_below_the_promise_fails(short, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["training", "digits", "--seeds", "0", "--quiet"])

    status = main()

    assert status == 1
    assert "FAILED digits: the median must be at least 0.97" in capsys.readouterr().out


def test_a_row_has_the_median_and_the_worst():
    runs = [training.Run(seed, share, 2.0, 3658) for seed, share in enumerate((0.9, 0.95, 0.99))]

    assert report("digits", runs).split()[-6:] == [
        "0.950",
        "0.900",
        "2.0",
        "0.900",
        "0.950",
        "0.990",
    ]


def test_the_table_names_the_seeds_and_has_a_row_for_each_set():
    runs = [training.Run(seed, share, 2.0, 3658) for seed, share in ((3, 0.9), (5, 0.95))]

    _, _, row, _, sentence = table({"digits": runs}).splitlines()

    assert row.split(" | ")[1:] == ["3,658", "30", "0.925", "0.900", "0.900 0.950", "2.0 |"]
    assert "for the seeds 3, 5 in this order" in sentence


def test_the_page_shows_what_is_promised_for_all_seeds():
    _, _, *rows, _, sentence = in_readme("training", TRAINING_LAB).splitlines()

    assert f"for the seeds {', '.join(map(str, SEEDS))} in this order" in sentence
    for row, recipe in zip(rows, RECIPES.values(), strict=True):
        title, _, epochs, middle, worst, each, _ = row.strip("| ").split(" | ")
        shares = sorted(map(float, each.split()))
        assert (title, int(epochs), len(shares)) == (recipe.title, recipe.epochs, len(SEEDS))
        assert float(middle) == shares[len(SEEDS) // 2] >= recipe.least
        assert float(worst) == shares[0]
