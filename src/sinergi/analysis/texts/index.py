"""Finds the texts that say what another text says, and tells by which words."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sinergi.analysis.texts.indonesian import INDONESIAN
from sinergi.analysis.texts.language import Language
from sinergi.analysis.texts.marks import Mark, differences, signs
from sinergi.analysis.texts.weights import Floats, Weights, likeness, present, weigh
from sinergi.analysis.texts.words import Term, terms

SAME = 0.12
"""Least score at which two texts are said to say the same; tuned on the development part of the labelled
issues (docs/adr/0019-similarity.md)."""

SAME_BY_ONE = 0.2
"""Least score where a single term is shared, which is mostly chance: then it must be nearly all they say."""

MOST_SHARED = 8
"""Words that an explanation names, the weightiest first."""


class Shared(NamedTuple):
    """One thing two texts share, as each of them wrote it, and its share of their likeness."""

    asked: str
    found: str
    share: float
    """Of the score, in (0, 1]; all that two texts share sums to one, of which `MOST_SHARED` are named."""


class Found(NamedTuple):
    """A text of the index that is similar to what was asked."""

    row: int
    """Which text, counted from zero in the order of adding."""
    score: float
    """In [0, 1]; one for texts of the same words."""
    shared: tuple[Shared, ...]
    differs: tuple[Mark, ...] = ()
    """What the query and it plainly differ in; see `marks`."""


class Index:
    """Texts that can be searched for what says the same; grows by `add`.

    Parameters
    ----------
    texts
        The first texts, if any.
    language
        What is known about the language of the texts.
    """

    def __init__(self, texts: Iterable[str] = (), language: Language = INDONESIAN) -> None:
        self.language = language
        self._column: dict[str, int] = {}
        self._columns: list[int] = []
        self._counts: list[int] = []
        self._starts = [0]
        self._texts: list[str] = []
        self.add(texts)

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, texts: Iterable[str]) -> None:
        """Take up further texts behind the ones there are."""
        for text in texts:
            for root, term in terms(text, self.language).items():
                self._columns.append(self._column.setdefault(root, len(self._column)))
                self._counts.append(term.count)
            self._starts.append(len(self._columns))
            self._texts.append(text)
        self.__dict__.pop("_weights", None)
        self.__dict__.pop("_present", None)

    def search(
        self,
        query: str,
        k: int = 10,
        least: float = SAME,
        among: NDArray[np.bool_] | None = None,
    ) -> list[Found]:
        """Return the texts most similar to a query, the best first, equal ones in order of adding.

        Parameters
        ----------
        query
            A text; one without any word of the index finds nothing.
        k
            At most so many.
        least
            Least score, in [0, 1]; `SAME_BY_ONE` where a single term is shared.
        among
            Which texts may be found, shape (texts,); all of them without it. What a word weighs is told by
            all texts of the index.
        """
        asked = terms(query, self.language)
        score, shared, weights = self._scores(asked)
        may = say_the_same(score, shared, least) & (score > 0)
        rows = np.flatnonzero(may if among is None else may & among)
        best = rows[np.lexsort((rows, -score[rows]))][: max(k, 0)]
        mine = signs(query, self.language)
        return [
            Found(
                int(r),
                float(score[r]),
                self._shared(asked, weights, int(r)),
                differences(mine, signs(self._texts[r], self.language)),
            )
            for r in best
        ]

    def _scores(self, asked: dict[str, Term]) -> tuple[Floats, Floats, Floats]:
        """Return each text's score and number of shared terms, (texts,), and the weights of what is asked."""
        known = {
            self._column[root]: term.count for root, term in asked.items() if root in self._column
        }
        weights = self._weights.of(list(known), list(known.values()))
        # words that no text of the index has weigh too: they are what the query says besides
        weights *= self._known_part(asked, known)
        cosine = self._weights.matrix @ weights
        shared = self._present @ (weights > 0).astype(float)
        return likeness(cosine, shared), shared, weights

    def _known_part(self, asked: dict[str, Term], known: dict[int, int]) -> float:
        """Return the length of the known part of a query whose whole has length one."""
        rarest = 1.0 + np.log(1.0 + len(self))
        strange = [term.count for root, term in asked.items() if root not in self._column]
        inside = sum(((1 + np.log(n)) * self._weights.rarity[c]) ** 2 for c, n in known.items())
        outside = sum(((1 + np.log(n)) * rarest) ** 2 for n in strange)
        return float(np.sqrt(inside / (inside + outside))) if inside else 0.0

    def _shared(self, asked: dict[str, Term], weights: Floats, row: int) -> tuple[Shared, ...]:
        found = terms(self._texts[row], self.language)
        line = self._weights.matrix[[row]]
        parts = dict(
            zip(line.indices.tolist(), (line.data * weights[line.indices]).tolist(), strict=True)
        )
        whole = sum(parts.values())
        by_words: dict[tuple[str, str], float] = {}
        for root in asked.keys() & found.keys():
            pair = asked[root].written, found[root].written
            by_words[pair] = by_words.get(pair, 0.0) + parts[self._column[root]] / whole
        ranked = sorted(by_words.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Shared(*pair, share) for pair, share in ranked[:MOST_SHARED])

    @cached_property
    def _weights(self) -> Weights:
        shape = len(self._texts), len(self._column)
        counts = sparse.csr_matrix((self._counts, self._columns, self._starts), shape, dtype=float)
        counts.sort_indices()
        return weigh(counts)

    @cached_property
    def _present(self) -> sparse.csr_matrix:
        return present(self._weights.matrix)


def say_the_same(score: Floats, shared: Floats, least: float = SAME) -> NDArray[np.bool_]:
    """Return which texts are said to say the same.

    Parameters
    ----------
    score, shared
        `weights.likeness` in [0, 1] and how many terms are shared, of the same shape.
    least
        Least score where several terms are shared.
    """
    needed = np.where(shared > 1, least, max(least, SAME_BY_ONE))
    same: NDArray[np.bool_] = score >= needed
    return same


def similar(
    texts: Index | Sequence[str], query: str, k: int = 10, least: float = SAME
) -> list[Found]:
    """Return the texts most similar to a query; see `Index.search`, whose index may be kept for many."""
    return (texts if isinstance(texts, Index) else Index(texts)).search(query, k, least)
