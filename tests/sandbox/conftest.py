"""One sandbox of each tier that this machine can build, with limits that are soon reached."""

import pytest
from honest import LIMITS
from tiers import TIERS

from grader.sandbox import Sandbox


@pytest.fixture(scope="session", params=TIERS)
def sandbox(request):
    with Sandbox(request.param, limits=LIMITS) as running:
        yield running


@pytest.fixture
def child(sandbox):
    with sandbox.child() as running:
        yield running
