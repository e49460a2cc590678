"""Inside the walls there is what the teacher's own code imports, and no other package."""

from dataclasses import replace

import pytest
from small_notebooks import SETUP

from grader.nbgrader.released import ReleasedCell
from grader.nbgrader.settings import Settings, open_sandbox
from grader.sandbox import Limits

SETTINGS = Settings(limits=Limits(memory_mib=1024))
TAKES = "import convnet\nlayer = convnet.Flatten()\nlayer.forward"


def test_the_packages_of_a_notebook_are_those_its_own_code_imports(released):
    source = f"{SETUP}\nimport os.path, skimage.io\nfrom convnet.linear import Linear\nimport torch"
    others = (
        ReleasedCell("text", "import nothing", "markdown", "0"),
        ReleasedCell("broken", "import here there", "code", "0"),
        ReleasedCell("more", "def f():\n    import convnet", "code", "0"),
    )
    cells = (ReleasedCell("setup", source, "code", "0"), *others)

    assert replace(released, cells=cells).packages == ("numpy", "skimage", "convnet")


@pytest.mark.parametrize("imported", [False, True])
def test_the_courses_layers_are_there_only_for_a_notebook_that_imports_them(released, imported):
    more = (ReleasedCell("layers", "import convnet", "code", "0"),) if imported else ()
    notebook = replace(released, cells=released.cells + more)

    with open_sandbox(SETTINGS, [notebook]) as sandbox, sandbox.child() as child:
        run = child.execute(TAKES)

    assert (run.error is None) == imported


def test_the_grader_and_its_answers_stay_out_beside_the_courses_layers(released):
    more = (ReleasedCell("layers", "import convnet", "code", "0"),)
    notebook = replace(released, cells=released.cells + more)
    source = "import importlib\nimportlib.import_module('{}')"
    names = (
        "grader.mistakes.introduction",
        "grader.references.introduction",
        "course",
        "torch.nn.x",
    )

    with open_sandbox(SETTINGS, [notebook]) as sandbox, sandbox.child() as child:
        runs = [child.execute(source.format(name)) for name in names]

    assert all(run.error is not None for run in runs)
