"""The layers need NumPy and nothing else, so that they run wherever NumPy does."""

import subprocess
import sys

PROGRAM = """
import sys
import numpy
before = set(sys.modules)
import convnet, convnet.functional
after = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(after - set(sys.stdlib_module_names)))
"""


def test_convnet_imports_only_numpy_and_the_standard_library():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)

    assert done.stdout.decode().split() == ["convnet"]
