"""Draws texts together that say the same: each theme with its words, its middle and how firm it is."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from sinergi.analysis.errors import InputError
from sinergi.analysis.texts.indonesian import INDONESIAN
from sinergi.analysis.texts.language import Language
from sinergi.analysis.texts.marks import Mark, differences_within
from sinergi.analysis.texts.weights import Floats, likeness, present, weigh
from sinergi.analysis.texts.words import Term, terms

TOGETHER = 0.09
"""Least average score between two groups of texts that are drawn together; tuned on the development part
of the labelled issues (docs/adr/0019-similarity.md)."""

MOST_TEXTS = 5_000
"""Texts that are drawn together at once; their likeness needs memory by the square of their number."""

MOST_WORDS = 6
"""Words by which a theme is described, the weightiest first."""

MOST_OTHERS = 3


class Word(NamedTuple):
    """A word that texts of a theme share."""

    written: str
    """As they write it most often."""
    share: float
    """Of the likeness of all its pairs, in (0, 1]."""
    others: tuple[str, ...] = ()
    """Other words of the same matter in these texts, the most frequent first, at most `MOST_OTHERS`."""


class Theme(NamedTuple):
    """Texts that say the same."""

    rows: tuple[int, ...]
    """Which texts, at least two, by rising number."""
    words: tuple[Word, ...]
    central: int
    """The text that is most similar to the others: a first wording of the theme."""
    firmness: float
    """In [-1, 1]: 1 when no text is similar to anything outside, 0 when as similar as within."""
    likeness: float
    """In [0, 1]: mean score of all pairs of its texts; tells better than `firmness` whether it is right."""
    differs: tuple[Mark, ...] = ()
    """What its texts plainly differ in; see `marks`."""


class Themes(NamedTuple):
    """Every text once: in a theme or alone."""

    themes: tuple[Theme, ...]
    """The largest first, equal ones by their central text."""
    alone: tuple[int, ...]
    """Texts that say what no other says, or too little to tell."""


class _Texts(NamedTuple):
    """Texts in an order of their own, so that the order in which they came changes nothing."""

    rows: list[int]
    """From this order to the order in which they came."""
    terms: list[dict[str, Term]]
    matrix: Any
    roots: list[str]
    scores: Any
    """(texts, texts) sparse and symmetric, zero between a text and itself."""


def themes(
    texts: Sequence[str], least: float = TOGETHER, language: Language = INDONESIAN
) -> Themes:
    """Return the themes of some texts and the texts that stay alone.

    Average linkage: the two most similar groups are joined again and again, until no two groups have an
    average likeness of `least`. Groups can only join where single texts are so similar, so each
    connected part of the texts is drawn together by itself.

    Parameters
    ----------
    texts
        At most `MOST_TEXTS`; the order does not matter.
    least
        Least average score between groups that are joined, in (0, 1].
    language
        What is known about the language of the texts.

    Raises
    ------
    InputError
        When there are too many texts.

    References
    ----------
    Sokal, R. R. and Michener, C. D. (1958). A statistical method for evaluating systematic relationships.
    University of Kansas Science Bulletin 38.
    """
    if len(texts) > MOST_TEXTS:
        raise InputError(
            "There are {count} texts; at most {most} can be drawn together at once.",
            "texts",
            "Draw those of one meeting or one affair together.",
            count=len(texts),
            most=MOST_TEXTS,
        )
    known = _known(texts, language)
    label = _labels(known.scores, least)
    groups = [np.flatnonzero(label == group) for group in range(label.max(initial=-1) + 1)]
    firm = _firmness(known.scores, label)
    plain = [_theme(known, group, firm) for group in groups if len(group) > 1]
    drawn = [one._replace(differs=_differs(texts, one, language)) for one in plain]
    alone = sorted(known.rows[group[0]] for group in groups if len(group) == 1)
    drawn.sort(key=lambda theme: (-len(theme.rows), theme.central))
    return Themes(tuple(drawn), tuple(alone))


def _known(texts: Sequence[str], language: Language) -> _Texts:
    read = [terms(text, language) for text in texts]
    rows = sorted(range(len(texts)), key=lambda row: (sorted(read[row]), texts[row]))
    ordered = [read[row] for row in rows]
    roots = sorted(set().union(*ordered)) if ordered else []
    column = {root: place for place, root in enumerate(roots)}
    lines = [sorted((column[root], term.count) for root, term in line.items()) for line in ordered]
    starts = np.cumsum([0, *(len(line) for line in lines)])
    columns = [place for line in lines for place, _ in line]
    counts = [count for line in lines for _, count in line]
    matrix = weigh(
        sparse.csr_matrix((counts, columns, starts), (len(lines), len(roots)), dtype=float)
    ).matrix
    return _Texts(rows, ordered, matrix, roots, _all_scores(matrix))


def _all_scores(matrix: Any) -> Any:
    cosine = (matrix @ matrix.T).tocsr()
    there = present(matrix)
    shared = (there @ there.T).tocsr()
    cosine.sort_indices()
    shared.sort_indices()
    cosine.data = likeness(cosine.data, shared.data)
    cosine.setdiag(0.0)
    cosine.eliminate_zeros()
    return cosine


def _labels(scores: Any, least: float) -> NDArray[np.int64]:
    """Return the group of every text, shape (texts,), numbered from zero."""
    near = scores.multiply(scores >= least)
    parts, part_of = connected_components(near, directed=False)
    label = np.zeros(scores.shape[0], dtype=np.int64)
    groups = 0
    for part in range(parts):
        members = np.flatnonzero(part_of == part)
        label[members] = groups + _cut(scores, members, least)
        groups = int(label[members].max()) + 1
    return label


def _cut(scores: Any, members: NDArray[np.intp], least: float) -> NDArray[np.int64]:
    if len(members) == 1:
        return np.zeros(1, dtype=np.int64)
    apart = 1.0 - scores[members][:, members].toarray()
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), "average")
    cut: NDArray[np.int64] = fcluster(tree, 1.0 - least, "distance").astype(np.int64) - 1
    return cut


def _firmness(scores: Any, label: NDArray[np.int64]) -> Floats:
    """Return for every text how much more similar it is to its own group than to the nearest other.

    The silhouette with likeness in place of distance; zero for a text alone.

    References
    ----------
    Rousseeuw, P. J. (1987). Silhouettes: a graphical aid to the interpretation and validation of cluster
    analysis. Journal of Computational and Applied Mathematics 20.
    """
    texts = len(label)
    if not texts:
        return np.zeros(0)
    group = sparse.csr_matrix((np.ones(texts), (np.arange(texts), label)))
    sizes = np.asarray(group.sum(axis=0)).ravel()
    to_groups = (scores @ group).tocsr()
    own = np.asarray(to_groups.multiply(group).sum(axis=1)).ravel()
    inside = own / np.maximum(sizes[label] - 1, 1)
    others = (to_groups - to_groups.multiply(group)) @ sparse.diags(1.0 / sizes)
    outside = np.maximum(others.max(axis=1).toarray().ravel(), 0.0)
    most = np.maximum(inside, outside)
    firm: Floats = np.where(
        sizes[label] > 1, (inside - outside) / np.where(most > 0, most, 1.0), 0.0
    )
    return firm


def _theme(known: _Texts, group: NDArray[np.intp], firm: Floats) -> Theme:
    within = np.asarray(known.scores[group][:, group].sum(axis=1)).ravel()
    central = known.rows[int(group[int(within.argmax())])]
    rows = tuple(sorted(known.rows[member] for member in group))
    pairs = len(group) * (len(group) - 1)
    mean = float(min(within.sum() / pairs, 1.0))
    return Theme(rows, _words(known, group), central, float(firm[group].mean()), mean)


def _differs(texts: Sequence[str], theme: Theme, language: Language) -> tuple[Mark, ...]:
    inside = [texts[row] for row in theme.rows]
    return differences_within(inside, theme.rows.index(theme.central), language)


def _words(known: _Texts, group: NDArray[np.intp]) -> tuple[Word, ...]:
    """Return the words that make a group similar: the share of each in all its pairwise cosines."""
    lines = known.matrix[group]
    whole = np.asarray(lines.sum(axis=0)).ravel() ** 2
    part = np.maximum(whole - np.asarray(lines.multiply(lines).sum(axis=0)).ravel(), 0.0)
    shares: dict[str, float] = {}
    ways: dict[str, Counter[str]] = {}
    for place in np.flatnonzero(part > 1e-12 * part.sum()):
        forms = _forms(known, group, known.roots[place])
        word = min(forms, key=lambda form: (-forms[form], form))
        shares[word] = shares.get(word, 0.0) + float(part[place] / part.sum())
        ways.setdefault(word, Counter()).update(forms)
    ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Word(word, share, _others(word, ways[word])) for word, share in ranked[:MOST_WORDS]
    )


def _forms(known: _Texts, group: NDArray[np.intp], root: str) -> Counter[str]:
    """Return how often the texts of a group write a root in which way."""
    return Counter(known.terms[row][root].written for row in group if root in known.terms[row])


def _others(word: str, ways: Counter[str]) -> tuple[str, ...]:
    """Return the other ways of writing a word, without those that differ in capitals only."""
    seen, found = {word.casefold()}, []
    for form in sorted(ways, key=lambda form: (-ways[form], form)):
        if form.casefold() not in seen:
            seen.add(form.casefold())
            found.append(form)
    return tuple(found[:MOST_OTHERS])
