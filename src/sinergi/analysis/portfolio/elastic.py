"""The fewest rules that must give way so that there is a choice, and by how much."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
from scipy import sparse

from sinergi.analysis.portfolio.instance import FREE, Floats, Instance
from sinergi.analysis.portfolio.options import Options, options_of
from sinergi.analysis.portfolio.program import Found, Limits, Program
from sinergi.analysis.portfolio.rows import model_of

Key = tuple[str, tuple[int, ...]]
Answer = tuple[
    list[tuple[str, list[int]]], list[int], list[int], bool, list[tuple[Key, list[int], list[int]]]
]
"""Rules, start and way of a choice, whether proven, and for a rule the choice that breaks it least."""
AMOUNTS = frozenset({"ceiling", "minimum", "maximum"})
MOST_ASKED = 12
"""Rules of which the least amount is asked for one by one."""


@dataclass(eq=False)
class _Elastic:
    """Rows that may be broken (Chinneck 2008, Feasibility and Infeasibility in Optimization).

    Columns: options, then one amount for each row and side, then one decision for each rule.
    """

    options: Options
    matrix: sparse.csr_array
    lower: Floats
    upper: Floats
    keys: list[Key]

    def program(
        self,
        prices: Floats,
        fixed: Floats | None,
        only: Key | None = None,
        *,
        within: tuple[Floats, float] | None = None,
    ) -> Program:
        """Return the program; with decisions `fixed`, only the amounts count, or those of one rule.

        With decisions open, the first question is how many: amounts count only `within` a number of rules.
        """
        rules = sorted(set(self.keys))
        place = {key: number for number, key in enumerate(rules)}
        rows, size = self.matrix.shape
        below = np.flatnonzero(np.isfinite(self.lower))
        above = np.flatnonzero(np.isfinite(self.upper))
        amounts = len(below) + len(above)
        most = self._most()
        slack = sparse.csr_array(
            (
                np.concatenate([np.ones(len(below)), -np.ones(len(above))]),
                (np.concatenate([below, above]), np.arange(amounts)),
            ),
            shape=(rows, amounts),
        )
        of = np.array([place[self.keys[row]] for row in [*below, *above]], np.int64)
        limit = most[np.concatenate([below, above])]
        links = sparse.csr_array(
            (
                np.concatenate([np.ones(amounts), -limit]),
                (
                    np.tile(np.arange(amounts), 2),
                    np.concatenate([np.arange(amounts), amounts + of]),
                ),
            ),
            shape=(amounts, amounts + len(rules)),
        )
        empty = sparse.csr_array((amounts, size))
        whole = sparse.vstack(
            [
                sparse.hstack([self.matrix, slack, sparse.csr_array((rows, len(rules)))]),
                sparse.hstack([empty, links]),
                self._one_option(amounts + len(rules)),
            ]
        )
        projects = len(self.options.must)
        if fixed is None:
            weights = AMOUNT / np.maximum(limit, 1e-9) / max(amounts, 1)
            weights *= within is not None
            ends = [limit, np.full(len(rules), np.nan)]
        else:
            # Of the order of 1: what is smaller than a solver's tolerance is not made small at all.
            asked = fixed[of] > 0 if only is None else of == place[only]
            weights = np.where(asked, limit.min(where=asked, initial=np.inf) / limit, 0.0)
            ends = [np.where(fixed[of] > 0, limit, 0.0), fixed]
        top = np.concatenate([np.full(size, np.nan), *ends])
        profit = np.concatenate([np.zeros(size), -weights, -prices])
        lower = np.concatenate([self.lower, np.full(amounts + projects, -np.inf)])
        upper = np.concatenate([self.upper, np.zeros(amounts), np.ones(projects)])
        if within is not None:
            counted, rules_most = within
            row = np.concatenate([np.zeros(size + amounts), counted])
            whole = sparse.vstack([whole, sparse.csr_array(row[None, :])])
            lower, upper = np.append(lower, -np.inf), np.append(upper, rules_most)
        return Program(profit, sparse.csr_array(whole), lower, upper, top)

    def choice(self, values: Floats) -> tuple[list[int], list[int]]:
        """Return start and way of each project from the values of a program."""
        start = np.full(len(self.options.must), -1, np.int64)
        way = start.copy()
        rows = np.flatnonzero(values[: len(self.options)] > 0.5)
        start[self.options.project[rows]] = self.options.start[rows]
        way[self.options.project[rows]] = self.options.way[rows]
        return start.tolist(), way.tolist()

    def _most(self) -> Floats:
        """Return the most by which each row could ever be broken."""
        total = abs(self.matrix).sum(axis=1)
        side = np.maximum(
            np.where(np.isfinite(self.lower), np.abs(self.lower), 0.0),
            np.where(np.isfinite(self.upper), np.abs(self.upper), 0.0),
        )
        return np.asarray(total + side + 1.0, float)

    def _one_option(self, more: int) -> sparse.csr_array:
        size = len(self.options)
        projects = len(self.options.must)
        return sparse.csr_array(
            (np.ones(size), (self.options.project, np.arange(size))), shape=(projects, size + more)
        )


def _elastic(instance: Instance) -> _Elastic:
    free = replace(instance, pins=())
    options = options_of(free, affordable=False)
    model = model_of(free, options)
    rows, lower, upper = [model.matrix], list(model.lower), list(model.upper)
    keys: list[Key] = [(label.kind, label.index) for label in model.labels]
    for pin in instance.pins:
        own = options.project == pin.project
        if pin.chosen:
            own &= (pin.start == FREE) | (options.start == pin.start)
            own &= (pin.way == FREE) | (options.way == pin.way)
        rows.append(sparse.csr_array(own.astype(float)[None, :]))
        lower.append(1.0 if pin.chosen else -np.inf)
        upper.append(np.inf if pin.chosen else 0.0)
        keys.append(("pin", (pin.project,)))
    return _Elastic(options, sparse.csr_array(sparse.vstack(rows)), *_sides(lower, upper), keys)


def _sides(lower: Iterable[float], upper: Iterable[float]) -> tuple[Floats, Floats]:
    return np.array(list(lower), float), np.array(list(upper), float)


PRICE = {"ceiling": 4.0, "pin": 1.0, "minimum": 1.0}
"""Of sets with equally many rules: money that is not there comes last; shares and wishes come first."""
OTHERWISE = 2.0
AMOUNT = 0.01
"""Of all amounts together, beside the price of a rule."""


KEPT = 1000.0
"""Rules that give way before one wish does, where it is asked what else would have to."""


def smallest(
    instance: Instance, seconds: float, seed: int, *, keep_pins: bool = False
) -> Answer | None:
    """Return the rules to relax, a choice that keeps all others, and whether fewer are proven not to do.

    First the number of rules is made small; then, of as many rules, their prices, and how far they must
    give way; last, for each rule of an amount alone, how far it must whatever becomes of the others that
    give way.
    """
    from sinergi.analysis.portfolio.solvers import highs  # noqa: PLC0415 (slow to load)

    until = monotonic() + seconds
    elastic = _elastic(instance)
    rules = sorted(set(elastic.keys))
    counts = np.array([KEPT if keep_pins and kind == "pin" else 1.0 for kind, _index in rules])
    prices = np.array([PRICE.get(kind, OTHERWISE) for kind, _index in rules])
    first = highs.solve(elastic.program(counts, None), Limits(seconds * 0.4, 0.0, seed))
    if first.values is None:
        return None
    most = float(counts @ np.rint(first.values[-len(rules) :])) if rules else 0.0
    cheapest = first
    if most:
        program = elastic.program(prices, None, within=(counts, most))
        cheapest = highs.solve(program, Limits(seconds * 0.25, 1e-4, seed), first.values)
        if cheapest.values is None:
            cheapest = first
    assert cheapest.values is not None
    broken = np.rint(cheapest.values[len(cheapest.values) - len(rules) :])
    fixed = np.where(broken > 0.5, 1.0, 0.0)
    named = [rule for rule, one in zip(rules, broken, strict=True) if one]
    if not named:
        return [], *elastic.choice(cheapest.values), first.proven, []

    def asked(only: Key | None, share: float) -> Found:
        # Decisions become amounts with a fixed top: what is not relaxed stays as it is.
        program = elastic.program(np.zeros(len(rules)), fixed, only)
        return highs.solve(program, Limits(max((until - monotonic()) * share, 0.1), 0.0, seed))

    second = asked(None, 0.5)
    values = cheapest.values if second.values is None else second.values
    numbered = [rule for rule in named if rule[0] in AMOUNTS][:MOST_ASKED]
    least = []
    for number, rule in enumerate(numbered):
        alone = second if len(named) == 1 else asked(rule, 0.8 / (len(numbered) - number))
        if alone.proven and alone.values is not None:
            least.append((rule, *elastic.choice(alone.values)))
    told = [(kind, list(index)) for kind, index in named]
    return told, *elastic.choice(values), first.proven, least
