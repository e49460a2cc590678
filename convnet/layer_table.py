"""A table of a network that is written down: a line for each layer, and the totals."""

from dataclasses import replace

from convnet.outline import Row, outline

# They change no shape, and belong to the line before them.
SILENT = "relu", "bn"
HEADS = "layer", "shape", "parameters", "multiply-adds", "sees", "step"


def layer_table(net: list[dict], shape: tuple[int, ...]) -> str:
    """Layer, shape of its output, parameters, multiply-adds, receptive field and step.

    Args:
        net: the layers, as in `convnet.architectures`.
        shape: of an image, (C, H, W).
    """
    rows = spoken(net, shape)
    lines = [HEADS, ("image", _shape(shape), "", "", "1", "1")]
    lines += [(words(layer), _shape(row.shape), *_numbers(row)) for layer, row in rows]
    learned = sum(row.parameters for _, row in rows)
    work = sum(row.multiply_adds for _, row in rows)
    lines.append(("all", "", f"{learned:,}", f"{work:,}", "", ""))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(cells, widths) for cells in lines)


def spoken(net: list[dict], shape: tuple[int, ...]) -> list[tuple[dict, Row]]:
    """The layers that are worth a line, each with its row.

    What a ReLU or a normalization learns is counted with the layer before it.
    """
    told: list[tuple[dict, Row]] = []
    for layer, row in zip(net, outline(net, shape), strict=True):
        if told and layer["kind"] in SILENT:
            before, last = told[-1]
            told[-1] = before, replace(last, parameters=last.parameters + row.parameters)
        else:
            told.append((layer, row))
    return told


def words(layer: dict) -> str:
    """A layer in a few words, such as `conv 11x11 /4`: its kernel, and its stride if not 1."""
    kind = layer["kind"]
    if kind == "concat":
        return f"{len(layer['branches'])} ways"
    if "k" not in layer:
        return kind
    stride = layer.get("s", 1 if kind == "conv" else layer["k"])
    groups = layer.get("groups", 1)
    text = f"{kind} {layer['k']}x{layer['k']}" + (f" /{stride}" if stride > 1 else "")
    return f"{text}, {groups} groups" if groups > 1 else text


def _shape(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape))


def _numbers(row: Row) -> tuple[str, ...]:
    learned, work = (f"{n:,}" if n else "" for n in (row.parameters, row.multiply_adds))
    reach = (f"{row.reach}", f"{row.step}") if len(row.shape) > 1 else ("", "")
    return learned, work, *reach


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    text = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
    return "  ".join(text).rstrip()
