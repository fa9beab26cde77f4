"""Draws how time, memory and F1 of the matching grow with the lines."""

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt

COLOURS = {"clock": "#1b6e4f", "processor": "#c76a1a", "memory": "#2b5d8a"}


def drawn(found: list[dict], path: Path) -> None:
    """Write a small SVG of what was measured, one dictionary of `bench.matching` for each number of lines."""
    mpl.use("svg")
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "sinergi", "font.size": 9})
    lines = [one["lines"] for one in found]
    figure, (time, quality) = plt.subplots(1, 2, figsize=(8, 3), layout="constrained")
    columns = (
        ("clock", "seconds", "s"),
        ("processor", "processor", "s"),
        ("memory", "gigabytes", "GB"),
    )
    for name, column, unit in columns:
        values = [one[column] for one in found]
        time.loglog(
            lines, values, "o-", color=COLOURS[name], label=f"{name} ({unit})", markersize=4
        )
    middle = found[len(found) // 2]
    line = [middle["processor"] * count / middle["lines"] for count in lines]
    time.loglog(lines, line, ":", color="grey", label="processor, if linear")
    time.set(xlabel="lines", title="time and memory")
    time.legend(fontsize=7)
    for name, style in (("precision", "^--"), ("recall", "v--"), ("f1", "o-")):
        quality.semilogx(lines, [one[name] for one in found], style, label=name, markersize=4)
    quality.axhline(0.9, color="grey", linestyle=":", linewidth=1)
    quality.set(xlabel="lines", title="quality on made lines", ylim=(0.7, 1.0))
    quality.legend(fontsize=7, loc="lower left")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
