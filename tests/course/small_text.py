"""A whole chapter text in few lines, to be broken in every way."""

from pathlib import Path

NAME = "00-introduction.md"
GOOD = '''---
title: A small chapter
kernelspec:
  name: python3
  display_name: Python 3
---

# A small chapter

Read this first.

```{code-cell}
import numpy as np

from grader import check, hint
```

+++ {"exercise": "add_bias"}

## 0.1 Add a bias to every row

Write `add_bias(x, b)`.

```{code-cell}
:solution: add_bias
def add_bias(x, b):
    """Add b to every row.

    Shapes:
        x (N, D), b (D,) -> (N, D)
    """
    ### BEGIN SOLUTION
    return x + b
    ### END SOLUTION
```

```{code-cell}
:check: add_bias
check("add_bias", add_bias)
```

+++ {"hints": "add_bias"}

- What has to happen to each column?
- NumPy lines up the last axes
  of both arrays by itself.
- It is `x + b`.

+++

That was all.

```{code-cell}
add_bias(np.zeros((2, 3)), np.arange(3.0))
```
'''


def put(folder: Path, text: str = GOOD) -> Path:
    """Write the text where a chapter's text lies."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    path.write_text(text, encoding="utf-8")
    return path
