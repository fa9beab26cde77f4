"""The labelled issues, and how far a judgement agrees with them."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

ISSUES = Path(__file__).parents[2] / "data" / "issues" / "texts.csv"


class Part(NamedTuple):
    """One part of the labelled issues."""

    texts: list[str]
    groups: np.ndarray
    families: np.ndarray

    def naming_places(self, regions: list[str]) -> "Part":
        """Return the texts as cities write them: with who asks, twice."""
        draw = np.random.default_rng(4)
        said = [(text, str(draw.choice(regions))) for text in self.texts]
        texts = [
            f"{name}: {text}. Warga {name.split(' ', 1)[1]} meminta ini." for text, name in said
        ]
        return self._replace(texts=texts)

    def pairs(self):
        """Return of every pair: first, second, whether they say the same, whether they only share words."""
        first, second = np.triu_indices(len(self.texts), 1)
        same = self.groups[first] == self.groups[second]
        family = self.families[first] == self.families[second]
        return first, second, same, family & ~same & (self.families[first] != "alone")


def labelled(name: str) -> Part:
    with ISSUES.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] == name]
    names = [row["group"] or row["id"] for row in rows]
    groups = np.unique(names, return_inverse=True)[1]
    return Part([row["text"] for row in rows], groups, np.array([row["family"] for row in rows]))


def precision_recall(said: Iterable[bool], true: Iterable[bool]) -> tuple[float, float]:
    said, true = np.asarray(said), np.asarray(true)
    right = (said & true).sum()
    return right / said.sum(), right / true.sum()


@pytest.fixture(scope="session")
def held_out() -> Part:
    return labelled("held_out")


@pytest.fixture(scope="session")
def development() -> Part:
    return labelled("development")
