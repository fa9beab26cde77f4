"""Gives the comparison of plan lines what the country pack knows: words, labelled pairs, the model."""

import re
import tomllib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sinergi.analysis.similarity import EVIDENCE, Dictionary, Model, evidence
from sinergi.analysis.similarity.calibration import Labels, fit, labels, likely, loss, unseen
from sinergi.analysis.similarity.gaps import together, with_gaps
from sinergi.analysis.similarity.quality import calibration_error, quality
from sinergi.reference.matching_rewritten import WEIGHT, alike, doubled, rewritten
from sinergi.reference.pack import (
    LabelledLine,
    LabelledPair,
    Pack,
    load_pack,
    read_labelled_pairs,
    read_matching_model,
    read_ordinary_words,
)

MINOR = 100
"""Minor units of a rupiah."""
DOCUMENTS = {"apbd": 1, "rup": 2, "constructed": 3}
RIDGES = (0.3, 1.0, 3.0)
PRIOR: Mapping[str, float] = MappingProxyType(
    {
        "text": 14.0,
        "place": 6.0,
        "year": 4.0,
        "code": 4.0,
        "amount": 2.0,
        "contained": 4.0,
        "apart": -5.0,
        "shared": 2.0,
        "alone": 3.0,
        "agency": 5.0,
    }
)
"""What the coefficients are drawn to, an expert default: all labelled lines are of one year, for instance."""
DECIMALS = 4


def dictionary(pack: Pack) -> Dictionary:
    """Return what the pack knows about the language of plan lines."""
    kinds: dict[str, dict[str, str]] = {}
    for one in pack.matching_words:
        kinds.setdefault(one.kind, {})[one.word] = one.meaning
    return Dictionary(
        abbreviations={one.word: one.meanings[0] for one in pack.abbreviations if one.expand},
        synonyms=kinds.get("synonym", {}),
        stop_words=frozenset(kinds.get("boilerplate", {})),
        place_words=kinds.get("place", {}),
        number_words=kinds.get("number", {}),
        name_words=kinds.get("name", {}),
        unit_words=frozenset(kinds.get("unit", {})),
        connectors=frozenset(kinds.get("connector", {})),
        ordinary=read_ordinary_words(pack.folder),
    )


def shipped_model(folder: Path) -> Model:
    """Return the model of a pack.

    Raises
    ------
    PackError
        When the file is missing or is not a model.
    """
    told = read_matching_model(folder)
    return Model(told.intercept, told.coefficients)


def place_of(place: str, agency: str) -> str:
    """Return what is compared as the place of a line: where it is, and as one word the agency that does it.

    The agency belongs to it: the same work in another district office is another work, and in many plans
    nothing but the agency says where a line is. As one word, because "Dinas" and "Kecamatan" in the names of
    two agencies do not make them alike; the office of a district or village says where, too.
    """
    name = "".join(_LETTERS.findall(agency.lower()))
    if not name:
        return place
    office = [agency] if _OFFICE.match(agency) else []
    return " ".join([*([place] if place else []), *office, f"instansi{name}"])


_LETTERS = re.compile(r"[a-z]+")
_OFFICE = re.compile(r"(kecamatan|kelurahan|desa|distrik)\s+\w", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


def title_of(title: str) -> str:
    """Return a title as it is compared: words that an export has glued ("danPengujian") are two."""
    return _GLUED.sub(" ", title)


def lines_of(pairs: Iterable[LabelledPair]) -> pl.DataFrame:
    """Return the lines of labelled pairs as the comparison takes them: ids 2n and 2n + 1 of pair n."""
    rows = [
        _line(2 * pair.pair + side, line)
        for pair in pairs
        for side, line in enumerate((pair.a, pair.b))
    ]
    return pl.DataFrame(rows, schema_overrides={"lat": pl.Float64, "lon": pl.Float64})


def _line(number: int, line: LabelledLine) -> dict[str, Any]:
    return {
        "id": number,
        "plan": DOCUMENTS[line.document],
        "code": line.code,
        "title": title_of(line.title),
        "place": place_of(line.place, line.agency),
        "region": "32.04",
        "lat": None,
        "lon": None,
        "first_year": line.year,
        "last_year": line.year,
        "amount": line.amount * MINOR,
        "agency": line.agency,
    }


def labels_of(pairs: Iterable[LabelledPair], words: Dictionary) -> Labels:
    """Return labelled pairs with their evidence; those about which nobody can tell are left out.

    Pairs that share a line, or lines that read the same, are of one group.
    """
    told = [pair for pair in pairs if pair.label != "cannot_tell"]
    ids = [pair.pair for pair in told]
    asked = pl.DataFrame({"a": [2 * n for n in ids], "b": [2 * n + 1 for n in ids]})
    found = evidence(asked, lines_of(told), words).select(*EVIDENCE, "veto")
    return labels(found, [pair.label == "same" for pair in told], group=_groups(told))


def rewritten_of(pairs: Iterable[LabelledPair], words: Dictionary) -> Labels:
    """Return the same pairs as `labels_of`, and behind them what can be made of them without reading them.

    Copies with one side written another way keep their answer; a line beside itself, written another way, is
    the same work; beside a line that is alike but for a name it is not. All stay in the group of their pair.
    """
    told = [pair for pair in pairs if pair.label != "cannot_tell"]
    lines, group = lines_of(told), _groups(told)
    same = np.array([pair.label == "same" for pair in told])
    found = [
        labels_of(told, words),
        _labelled(rewritten(lines, words.ordinary), same, group, words),
    ]
    for made, answer in ((doubled(lines), True), (alike(lines, words.ordinary), False)):
        of = made["pair"].to_numpy()[::2]
        copy = rewritten(made, words.ordinary)
        found.append(_labelled(copy, np.full(len(of), answer), group[of], words))
    return together(found)


def _labelled(
    lines: pl.DataFrame, same: NDArray[np.bool_], group: NDArray[np.int64], words: Dictionary
) -> Labels:
    """Return labels of lines of which each two behind each other are a pair."""
    asked = pl.DataFrame({"a": lines["id"][::2], "b": lines["id"][1::2]})
    found = evidence(asked, lines, words).select(*EVIDENCE, "veto")
    return labels(found, same, weight=np.full(len(same), WEIGHT), group=group)


def _groups(told: Sequence[LabelledPair]) -> NDArray[np.int64]:
    return components([[*_keys(pair.a), *_keys(pair.b)] for pair in told])


def components(keys: Sequence[Iterable[Hashable]]) -> NDArray[np.int64]:
    """Return a number for each item, the same for items that share a key, directly or through others."""
    leader: dict[Hashable, Hashable] = {}

    def first(key: Hashable) -> Hashable:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for item, own in enumerate(keys):
        for key in own:
            leader[first(("key", key))] = first(("item", item))
    number: dict[Hashable, int] = {}
    found = [number.setdefault(first(("item", item)), len(number)) for item in range(len(keys))]
    return np.array(found, dtype=np.int64)


def _keys(line: LabelledLine) -> list[tuple[str, ...]]:
    text = (line.title.lower(), line.detail.lower(), line.place.lower(), line.agency)
    keys: list[tuple[str, ...]] = [("text", *text, str(line.amount))]
    return [*keys, ("id", line.document, line.id)] if line.id else keys


def parts(folder: Path) -> tuple[Labels, Labels]:
    """Return the labelled pairs of a pack: those to learn from and what is made of them, those held out."""
    words = dictionary(load_pack(folder))
    pairs = read_labelled_pairs(folder)
    train = rewritten_of((pair for pair in pairs if pair.split == "train"), words)
    return train, labels_of((pair for pair in pairs if pair.split == "held_out"), words)


def refit(train: Labels) -> tuple[Model, float]:
    """Return the model fitted on pairs, and the ridge with the least loss on folds that it did not see."""
    more = with_gaps(train)
    losses = {
        one: float(loss(unseen(more, ridge=one, prior=PRIOR), more.same) @ more.weight)
        for one in RIDGES
    }
    ridge = min(losses, key=losses.__getitem__)
    return fit(more, ridge=ridge, prior=PRIOR), ridge


def build_model(folder: Path, day: str) -> Path:
    """Fit the model of a pack on its pairs, write it with how good it is on those held out; return its path.

    To be run after words, pairs or evidence changed: `python -m sinergi.reference.matching FOLDER`.

    Parameters
    ----------
    day
        When it is fitted, as 2026-11-22.
    """
    train, held_out = parts(folder)
    model, ridge = refit(train)
    whole = train.weight == 1.0
    about: dict[str, str | int | float] = {
        "fitted": day,
        "on": "labelled_pairs.csv, split train, and copies of it written another way",
        "pairs": int(whole.sum()),
        "same": int((train.same & whole).sum()),
        "copies": int((~whole).sum()),
        "ridge": ridge,
        "held_out": len(held_out),
        "held_out_same": int(held_out.same.sum()),
        **measured(model, held_out),
    }
    return write_model(folder, model, about)


def measured(model: Model, held_out: Labels) -> dict[str, float]:
    """Return how good a model is on labelled pairs: shares, Brier score and calibration error."""
    probability = likely(model, held_out)
    told = quality(probability, held_out.same, group=held_out.group)
    values = {
        "precision": told.precision.value,
        "recall": told.recall.value,
        "f1": told.f1.value,
        "f1_low": told.f1.low,
        "f1_high": told.f1.high,
        "brier": told.brier,
        "calibration_error": calibration_error(probability, held_out.same),
    }
    return {name: round(value, DECIMALS) for name, value in values.items()}


def write_model(folder: Path, model: Model, about: Mapping[str, str | int | float]) -> Path:
    """Write the model of a pack with what is known about the fit, and return its path."""
    rows = [
        "# Coefficients of the matching of plan lines; made by: python -m sinergi.reference.matching FOLDER",
        f"intercept = {round(model.intercept, DECIMALS)!r}",
        "",
        "[coefficients]",
        *(f'"{name}" = {round(value, DECIMALS)!r}' for name, value in model.coefficients.items()),
        "",
        "[about]",
        *(f"{name} = {_toml(value)}" for name, value in about.items()),
    ]
    path = folder / "matching_model.toml"
    text = "\n".join(rows) + "\n"
    tomllib.loads(text)
    path.write_text(text, encoding="utf-8")
    return path


def _toml(value: str | float) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


if __name__ == "__main__":
    import sys
    from datetime import UTC, datetime

    build_model(Path(sys.argv[1]), datetime.now(UTC).date().isoformat())
