"""Turn the authored text into notebooks, figures, the book and a graded class: a stage a file."""
