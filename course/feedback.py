"""The page a learner gets back: one file that loads nothing and runs nothing.

nbconvert would load MathJax from a public server. That tells others who looks at a page, and shows
raw TeX to whoever is offline.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any, ClassVar

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from course.errors import CourseError
from course.mathml import Formula, formulas_in, mathml_of, with_mathml

# Scripts, and the fonts of icons that the page does not have.
LEFT_OUT = re.compile(r"<script\b.*?</script>|@font-face\s*{[^}]*}", re.DOTALL | re.IGNORECASE)


class FeedbackPage(HTMLExporter):
    """nbgrader's feedback, with its formulas typeset and without scripts."""

    # What was converted once is kept for the next learner, whose notebook has the same texts.
    _made: ClassVar[dict[Formula, str | None]] = {}

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict | None = None, **options: Any
    ) -> tuple[str, dict]:
        """Write the page of a graded notebook."""
        page, resources = super().from_notebook_node(self._typeset(nb), resources, **options)
        return LEFT_OUT.sub("", page), resources

    def _typeset(self, nb: NotebookNode) -> NotebookNode:
        """The notebook with MathML; where MathJax cannot run, its formulas stay TeX."""
        book = deepcopy(nb)
        texts = [cell for cell in book.cells if cell.cell_type == "markdown"]
        new = {f for cell in texts for f in formulas_in(cell.source)} - self._made.keys()
        if new:
            try:
                self._made.update(mathml_of(new))
            except CourseError as error:
                self.log.warning("the formulas stay as they are written: %s", error)
        for cell in texts:
            cell.source = with_mathml(cell.source, self._made)
        return book
