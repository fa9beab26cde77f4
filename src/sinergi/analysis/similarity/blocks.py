"""Which documents are worth comparing: blocks of rare words that stay small however many lines there are."""

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.similarity.tokens import Bools, Ints
from sinergi.analysis.similarity.words import spans

Rows = NDArray[np.int64]

BOUND = 6
"""Documents of a block at most; a larger one is split by a further word."""
LEVELS = 4
"""Words of a block at most; what is larger then is compared with neighbours in the alphabet only."""
WINDOW = 4
REACH = (4, 6, 8)
"""Among how many of its rarest words a document's first, second, third word of a block is."""
LEAST_COMMON = 0.5
"""Weight of common words as a share of the document with less; below it nothing is compared."""
LEAST_LEFT = 0.45
"""Share of a document's weight that its words of a block and those behind them have at least: who skips more
of the rare words has too little in common with anyone."""
_AT_ONCE = 200_000
_BITS = 62
_NOTHING, _NONE = np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int8)


class Family(NamedTuple):
    """Documents among which blocks are made, and which pairs of them count."""

    keys: Ints
    """Ranks of words, the rarest first, -1 behind them, (documents, most)."""
    context: Rows
    """Documents of different contexts never meet; small numbers, -1 for who takes no part, (documents,)."""
    anchor: Bools
    """A pair needs one of these, (documents,)."""
    apart: Ints
    """A pair of two equal ones does not count, unless -1, (documents,)."""
    weight: NDArray[np.float32]
    """What each rank weighs, with a zero at the end for none, (ranks + 1,)."""
    levels: int = LEVELS
    least: float = LEAST_COMMON
    """Weight of the common words as a share of all words of the document with less, at least."""
    whole: NDArray[np.float32] = _NOTHING
    """What all words of each document weigh, (documents,); see `ready`."""
    firsts: NDArray[np.int8] = _NONE
    """How many of its rarest words may be the first of a block, (documents,)."""

    def ready(self) -> "Family":
        """Return the same with what every part of the work needs."""
        whole = np.zeros(len(self.keys), dtype=np.float32)
        for column in range(self.keys.shape[1]):
            whole += self.weight[self.keys[:, column]]
        behind, firsts = whole.copy(), np.zeros(len(self.keys), dtype=np.int8)
        for column in range(min(REACH[0], self.keys.shape[1])):
            word = self.keys[:, column]
            firsts += (word >= 0) & (behind >= LEAST_LEFT * whole)
            behind -= self.weight[word]
        firsts[self.context < 0] = 0
        return self._replace(whole=whole, firsts=firsts)


def candidates(family: Family, part: int = 0, parts: int = 1) -> tuple[Rows, Rows]:
    """Return pairs of documents that are together in a small block of rare words.

    A block is a context and a set of words; its members hold all of them. It begins as one word; if more
    than `BOUND` documents hold it, it is split by each further, more frequent word. So two documents meet in
    the block of the fewest of their rarest common words that is small, and a block grows no larger with more
    lines: it takes a word more.

    Parameters
    ----------
    family
        Documents and which of them may meet.
    part, parts
        Only the blocks whose first word falls in this part; each pair belongs to one part.

    Returns
    -------
    Two rows of documents for each pair, each pair once.

    References
    ----------
    Chaudhuri, S., Ganti, V. and Kaushik, R. (2006). A primitive operator for similarity joins in data
    cleaning. ICDE (the rarest words as a prefix).
    """
    words = int(family.keys.max(initial=0)) + 2
    rows, block = _first(family, words, part, parts)
    chosen = np.zeros(1, dtype=np.float32)
    found: list[tuple[Ints, Ints]] = []
    for level in range(1, family.levels + 1):
        rows, block = _ordered(rows, block, len(family.keys))
        begin = np.flatnonzero(np.diff(block, prepend=-1))
        size = np.diff(np.append(begin, len(block)))
        last = (block % words).astype(np.int32)
        asked = np.add.reduceat(family.anchor[rows].astype(np.int64), begin) if len(begin) else size
        small = (size > 1) & (size <= BOUND) & (asked > 0)
        at = spans(begin[small], size[small])
        later = np.repeat(begin[small] + size[small], size[small]) - at - 1
        found += _pairs(family, rows, last, at, later, level)
        large = (size > BOUND) & (asked > 0)
        at = spans(begin[large], size[large])
        number = np.repeat(np.arange(large.sum()), size[large])
        ends = begin[large]
        before = chosen[block[ends] // words] if level > 1 else np.zeros(len(ends), np.float32)
        chosen = before + family.weight[last[ends]]
        rows, last = rows[at], last[at]
        full = _full(family.keys, rows, last) | (level == family.levels)
        found += _windows(family, rows[full], last[full], number[full], level)
        if level < family.levels:
            reach = REACH[level] if level < len(REACH) else family.keys.shape[1]
            rows, block = _split(family, (rows, last, number, chosen[number]), reach, words)
    none = np.zeros(0, dtype=np.int64)
    one = np.concatenate([none, *(pair[0] for pair in found)])
    two = np.concatenate([none, *(pair[1] for pair in found)])
    return one, two


def _first(family: Family, words: int, part: int, parts: int) -> tuple[Ints, Rows]:
    """Return the members of blocks of one word: those of a document's rarest that leave enough behind."""
    found, blocks = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
    for column in range(min(REACH[0], family.keys.shape[1])):
        rows = np.flatnonzero(family.firsts > column)
        word = family.keys[rows, column]
        if parts > 1:
            mine = word % parts == part
            rows, word = rows[mine], word[mine]
        found.append(rows.astype(np.int32))
        blocks.append(family.context[rows] * words + word)
    return np.concatenate(found), np.concatenate(blocks)


def _ordered(rows: Ints, block: Rows, count: int) -> tuple[Ints, Rows]:
    """Return members sorted by block and row; as one number each where that fits, which is much faster."""
    bits = max(count - 1, 1).bit_length()
    if int(block.max(initial=0)).bit_length() + bits > _BITS:
        order = np.lexsort((rows, block))
        return rows[order], block[order]
    both = (block << bits) | rows
    both.sort()
    return (both & ((1 << bits) - 1)).astype(np.int32), both >> bits


def _pairs(
    family: Family, rows: Ints, last: Ints, at: Rows, later: Rows, level: int
) -> Iterator[tuple[Ints, Ints]]:
    """Yield, in pieces, pairs of each member with the next `later` ones, where they belong together."""
    ends = np.cumsum(later)
    whole = int(ends[-1]) if len(ends) else 0
    cuts = [*np.searchsorted(ends, np.arange(0, whole, _AT_ONCE)).tolist(), len(at)]
    for low, high in itertools.pairwise(cuts):
        first = np.repeat(at[low:high], later[low:high])
        second = spans(at[low:high] + 1, later[low:high])
        one, two = rows[first], rows[second]
        apart = family.apart[one]
        meet = family.anchor[one] | family.anchor[two]
        meet &= (apart < 0) | (apart != family.apart[two])
        one, two, first = one[meet], two[meet], first[meet]
        keep = _belong(family, one, two, last[first], level)
        yield one[keep], two[keep]


def _belong(family: Family, one: Ints, two: Ints, last: Ints, level: int) -> Bools:
    """Return which pairs have the words of their block as their rarest common ones, and enough in common.

    So each pair is told by one block: the words both have up to the last of the block are just those of
    the block.
    """
    mine, other = family.keys[one].T.copy(), family.keys[two].T.copy()
    rarest = np.zeros(len(one), dtype=np.int8)
    common = np.zeros(len(one), dtype=np.float32)
    count = np.zeros(len(one), dtype=np.int8)
    for i in range(len(mine)):
        shared = np.zeros(len(one), dtype=bool)
        for j in range(len(other)):
            shared |= mine[i] == other[j]
        shared &= mine[i] >= 0
        count += shared
        rarest += shared & (mine[i] <= last)
        common += family.weight[np.where(shared, mine[i], -1)]
    fewer = np.minimum(family.weight[mine].sum(axis=0), family.weight[other].sum(axis=0))
    least = np.minimum(2, np.minimum((mine >= 0).sum(axis=0), (other >= 0).sum(axis=0)))
    belong: Bools = (rarest == level) & (count >= least) & (common >= family.least * fewer)
    return belong


def _full(keys: Ints, rows: Ints, last: Ints) -> Bools:
    """Return which members of blocks have no further word."""
    full: Bools = keys[rows].max(axis=1, initial=-1) <= last
    return full


def _windows(
    family: Family, rows: Ints, last: Ints, number: Rows, level: int
) -> Iterator[tuple[Ints, Ints]]:
    """Yield pairs of members of blocks that cannot be split with their neighbours in the alphabet."""
    place = np.arange(len(rows))
    end = np.searchsorted(number, number, side="right")
    return _pairs(family, rows, last, place, np.minimum(end - place - 1, WINDOW), level)


def _split(
    family: Family,
    members: tuple[Ints, Ints, Rows, NDArray[np.float32]],
    reach: int,
    words: int,
) -> tuple[Ints, Rows]:
    """Return the members of blocks with each further word of theirs that leaves enough in common."""
    rows, last, number, chosen = members
    found, blocks = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
    keys = family.keys[rows]
    behind = family.whole[rows]
    least = LEAST_LEFT * behind - chosen
    for column in range(1, min(reach, keys.shape[1])):
        behind -= family.weight[keys[:, column - 1]]
        word = keys[:, column]
        may = np.flatnonzero((word > last) & (behind >= least))
        found.append(rows[may])
        blocks.append(number[may] * words + word[may])
    return np.concatenate(found), np.concatenate(blocks)
