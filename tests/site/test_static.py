"""Colours that can be read, and styles that keep to their tokens."""

import re
from pathlib import Path

import pytest

from sinergi.site.storage import HashedStorage

STATIC = Path(__file__).resolve().parents[2] / "src" / "sinergi" / "site" / "static" / "site"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = TOKENS.split(':root[data-theme="dark"]')
ON = [("ink", "paper"), ("ink-2", "paper"), ("ink-3", "paper"), ("ink-3", "surface-2")]
ON += [
    ("ink-2", "surface-3"),
    ("on-green", "green"),
    ("green", "paper"),
    ("green-strong", "green-soft"),
]
ON += [
    ("ochre", "ochre-soft"),
    ("blue", "blue-soft"),
    ("violet", "violet-soft"),
    ("red", "red-soft"),
]


def tokens(theme: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", theme))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), ON)
def test_text_stands_out_from_its_ground(theme, text, ground) -> None:
    colours = tokens(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("edge", ["line-strong", "focus"])
def test_edges_of_controls_can_be_seen(theme, edge) -> None:
    colours = tokens(theme)
    assert contrast(colours[edge], colours["surface"]) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", ["need", "strength", "coverage", "score"])
def test_scales_rise_in_lightness_so_that_grey_print_and_any_eye_can_order_them(
    theme, scale
) -> None:
    steps = [luminance(tokens(theme)[f"{scale}-{i}"]) for i in range(1, 6)]
    assert steps == sorted(steps, reverse=theme == LIGHT)
    assert (
        min(
            contrast(tokens(theme)[f"{scale}-{i}"], tokens(theme)[f"{scale}-{i + 1}"])
            for i in range(1, 5)
        )
        >= 1.15
    )


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.*")), ids=lambda path: path.name)
def test_no_file_is_longer_than_four_hundred_lines(path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


def test_our_modules_import_each_other_by_hashed_names_and_libraries_are_left_alone() -> None:
    folders = {folder for folder, _patterns in HashedStorage.patterns}
    assert "site/*.js" in folders
    rewrites = [patterns for folder, patterns in HashedStorage.patterns if folder == "*.js"]
    assert all("import" not in str(patterns) for patterns in rewrites)
