"""torch's twins of the classic networks learn: a few steps on a few images lower the loss."""

import pytest
import torch
from torch import nn

from grader.exercises.classic_networks.data import load
from grader.references.networks import NETWORKS

# The side of the images; small ones, so that a step takes no time.
SIDES = {"lenet": 28, "googlenet": 32, "resnet18": 32}


@pytest.mark.parametrize(("name", "side"), SIDES.items(), ids=SIDES.keys())
def test_a_few_steps_lower_the_loss_of_a_batch(name, side):
    torch.manual_seed(0)
    digits = load("mnist5k")
    x, t = torch.tensor(digits.x[:8] / 255), torch.tensor(digits.t[:8])
    x = nn.functional.interpolate(x, side)
    network = NETWORKS[name](channels=1, classes=10).train()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)

    losses = []
    for _ in range(5):
        loss = nn.functional.cross_entropy(network(x), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())

    assert losses[-1] < losses[0] - 0.05, losses
