"""The simulation of a large class agrees with what can be worked out by hand."""

import pytest

from benchmarks.simulate import SEND_SECONDS, Costs, simulate

FOREVER = 1e9


def test_one_worker_takes_the_sum_of_all():
    found = simulate(Costs((2.0,), 0.1, 100), 50, 1, hours_of_life=FOREVER)

    assert found.seconds == pytest.approx(50 * 2.0 + 0.1 + SEND_SECONDS)
    assert found.busy == pytest.approx(1.0, abs=0.01)
    assert found.again == 0


def test_many_workers_wait_for_the_writer():
    found = simulate(Costs((1.0,), 0.1, 100), 500, 400, hours_of_life=FOREVER)

    assert found.seconds >= 500 * (0.1 + SEND_SECONDS)
    assert found.writer == pytest.approx(0.1 / (0.1 + SEND_SECONDS), abs=0.05)


def test_twice_the_workers_take_half_the_time_while_the_writer_has_time():
    costs = Costs((0.5, 1.0, 1.5), 0.001, 100)
    four, eight = (simulate(costs, 4000, n, hours_of_life=FOREVER).seconds for n in (4, 8))

    assert four / eight == pytest.approx(2, abs=0.05)


def test_workers_that_die_cost_time_and_nothing_else():
    costs = Costs((1.0,), 0.001, 100)
    calm = simulate(costs, 2000, 4, hours_of_life=FOREVER)
    wild = simulate(costs, 2000, 4, hours_of_life=0.05)

    assert wild.again > 0
    assert calm.seconds < wild.seconds < 2 * calm.seconds
