"""Run a submission cell by cell; a cell that kills or blocks Python costs only itself."""

from __future__ import annotations

import copy

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, v4
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade

KERNEL_DIED = "KernelDied"
KERNEL_STUCK = "CellTimeoutError"


class RunCells(Execute):
    """Run all cells in order, each with a time limit, and keep what they put out.

    Where nbgrader's own runner gives a submission up, this one starts Python again, repeats the
    cells that had worked, and goes on with the next one.
    """

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.shutdown_kernel = "immediate"

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, index: int
    ) -> tuple[NotebookNode, dict]:
        """Run one cell."""
        try:
            return super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            text = "Python itself ended while this cell ran (out of memory, or `os._exit`?)"
            self._note(cell, KERNEL_DIED, text)
        except CellTimeoutError:
            seconds = self._get_timeout(cell)
            text = f"this cell ran for more than {seconds} seconds and could not be stopped"
            self._note(cell, KERNEL_STUCK, text)
        self._start_again(index)
        return cell, resources

    def _note(self, cell: NotebookNode, name: str, text: str) -> None:
        self.log.warning("%s", text)
        cell.outputs.append(v4.new_output("error", ename=name, evalue=text, traceback=[text]))

    def _start_again(self, index: int) -> None:
        """Bring a new Python to where the old one was before the cell that ended it."""
        self._cleanup_kernel()
        self.km = self.create_kernel_manager()
        self.start_new_kernel()
        self.start_new_kernel_client()
        for place, cell in enumerate(self.nb.cells[:index]):
            if cell.cell_type != "code" or is_grade(cell) or has_error(cell):
                continue
            try:
                self.execute_cell(copy.deepcopy(cell), place, store_history=True)
            except (DeadKernelError, CellTimeoutError):
                return
            finally:
                self.nb.cells[place] = cell  # keep what it put out the first time


def has_error(cell: NotebookNode) -> bool:
    """Whether a cell stopped with an exception."""
    return any(output.output_type == "error" for output in cell.outputs)
