"""Seeded instances of choosing a portfolio, as tight as budgets of a regency are.

Amounts follow the sub-activities of one regency's budget of 2025 (3,642 amounts above zero): `RUPIAH` are
their quantiles from 5% to 99.5% in steps of 5%, between which logarithms are interpolated. The
lowest 5% (below Rp 1.6 million) and the few above Rp 60 billion (salaries, operating aid) are no
projects and are left out. A fifth of the money that all wishes ask is there.
"""

from dataclasses import dataclass

import numpy as np

from sinergi.analysis.portfolio.instance import (
    PPM,
    Alternatives,
    Instance,
    Joint,
    Precedence,
    RegionShare,
)

RUPIAH = (
    1.565e6, 2.771e6, 4.325e6, 6.0e6, 9.1e6, 1.0271e7, 1.4451e7, 1.8755e7, 2.4932e7, 3.3224e7,
    4.8391e7, 6.5489e7, 9.4312e7, 1.32509e8, 2.0e8, 3.02141e8, 5.0859e8, 1.079812e9, 2.905254e9,
    2.5e10,
)  # fmt: skip
YEARS = 5
CHANNELS = ("own", "dak_fisik", "dak_nonfisik", "tugas_pembantuan", "province", "partner")
SPLIT = (0.40, 0.22, 0.10, 0.08, 0.14, 0.06)
"""How wishes spread over channels."""


@dataclass(frozen=True)
class Shape:
    """What an instance is like.

    Parameters
    ----------
    tightness
        Share of the wished money that is there.
    spread
        How ceilings of channels and years differ, standard deviation of their logarithm.
    floors
        Least share of a region as part of the share that its wishes would have.
    """

    projects: int
    seed: int = 1
    tightness: float = 0.20
    spread: float = 0.25
    floors: float = 0.7

    @property
    def regions(self) -> int:
        """How many regions share the money: at least 40 projects each, 24 at most."""
        return max(2, min(24, self.projects // 40))


def amounts(chance: np.random.Generator, count: int) -> np.ndarray:
    """Return amounts in whole thousands of rupiah, as minor units."""
    at = np.concatenate([np.arange(0.05, 0.96, 0.05), [0.995]])
    logs = np.interp(chance.uniform(0.05, 0.995, count), at, np.log(RUPIAH))
    return np.maximum(1, np.rint(np.exp(logs) / 1000)).astype(np.int64) * 100_000


def fitting(chance: np.random.Generator, count: int, tightness: float) -> np.ndarray:
    """Return amounts; those above a mean ceiling would fit nowhere and are drawn anew."""
    total = amounts(chance, count)
    for _time in range(200):
        large = total > tightness * total.sum() / (YEARS * len(CHANNELS))
        if not large.any():
            break
        total[large] = amounts(chance, int(large.sum()))
    return total


def instance(shape: Shape) -> Instance:
    """Return the instance of a shape; the same for the same seed."""
    chance = np.random.default_rng([shape.seed, shape.projects])
    count = shape.projects
    total = fitting(chance, count, shape.tightness)
    way_project, cost = ways(chance, total)
    lasts = lasting(cost, way_project, count)
    first = chance.integers(0, np.maximum(1, YEARS - lasts + 1))
    last = np.minimum(first + chance.integers(0, 3, count), YEARS - lasts)
    benefit = shares_of(chance, count, shape.regions)
    # Worth grows with the money: otherwise everything small is chosen and nothing is hard.
    score = np.round(total / 1e9 * chance.lognormal(0.0, 0.35, count) * 10, 3) + 0.01
    timeliness = 0.97 ** np.arange(YEARS)
    wished = np.zeros(len(CHANNELS))
    once = np.searchsorted(way_project, np.arange(count))
    wished += cost[once].sum(axis=(0, 1))
    ceilings = np.outer(
        chance.lognormal(0, shape.spread, YEARS) / YEARS, wished * shape.tightness
    ) * chance.lognormal(0, shape.spread, (YEARS, len(CHANNELS)))
    ceilings *= shape.tightness * total.sum() / ceilings.sum()
    ceilings = (ceilings / 1e5).astype(np.int64) * 100_000
    return Instance(
        score=score,
        way_project=way_project,
        cost=cost,
        first=first.astype(np.int64),
        last=last.astype(np.int64),
        ceilings=ceilings,
        benefit=benefit,
        timeliness=timeliness,
        shares=bands(total, benefit, shape.floors),
        **rules(chance, count, first, last),
    )


def ways(chance: np.random.Generator, total: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ways of paying: one to three years, own money beside most, other channels."""
    owner, profiles = [], []
    for project, amount in enumerate(total.tolist()):
        size = 1 + int(amount > 2e10) * int(chance.integers(0, 2)) + int(amount > 2e11)
        years = np.diff(np.concatenate([[0], np.sort(chance.uniform(0.2, 0.8, size - 1)), [1]]))
        main = int(chance.choice(len(CHANNELS), p=SPLIT))
        allowed = {main}
        if chance.random() < 0.4:
            allowed.add(int(chance.choice(len(CHANNELS), p=SPLIT)))
        matching = 0.1 if main in {1, 3} and chance.random() < 0.5 else 0.0
        for channel in sorted(allowed):
            profile = np.zeros((3, len(CHANNELS)), np.int64)
            parts = (np.floor(years * amount / 1e5)).astype(np.int64) * 100_000
            parts[-1] += amount - parts.sum()
            own = (parts * matching / 1e5).astype(np.int64) * 100_000
            profile[:size, channel] += parts - own
            profile[:size, 0] += own
            owner.append(project)
            profiles.append(profile)
    return np.array(owner, np.int64), np.array(profiles)


def lasting(cost: np.ndarray, way_project: np.ndarray, count: int) -> np.ndarray:
    """Return for how many years each project costs money."""
    spends = cost.any(axis=2)
    length = spends.shape[1] - np.argmax(spends[:, ::-1], axis=1)
    found = np.ones(count, np.int64)
    np.maximum.at(found, way_project, length)
    return found


def shares_of(chance: np.random.Generator, count: int, regions: int) -> np.ndarray:
    """Return the benefit by region: one region mostly, two or three for a fifth."""
    weight = chance.lognormal(0, 0.6, regions)
    weight /= weight.sum()
    benefit = np.zeros((count, regions), np.int64)
    home = chance.choice(regions, count, p=weight)
    benefit[np.arange(count), home] = PPM
    for row in np.flatnonzero(chance.random(count) < 0.2).tolist():
        other = (home[row] + int(chance.integers(1, 3))) % regions
        part = int(chance.integers(10, 50)) * 10_000
        benefit[row, home[row]] -= part
        benefit[row, other] += part
    return benefit


def bands(total: np.ndarray, benefit: np.ndarray, floors: float) -> tuple[RegionShare, ...]:
    """Return equity bands: at least a part of, at most twice, each region's share of the wishes."""
    wished = (total[:, None].astype(float) * benefit).sum(axis=0)
    wished /= wished.sum()
    return tuple(
        RegionShare(region, int(share * floors * PPM), min(PPM, int(share * 2 * PPM) + 20_000))
        for region, share in enumerate(wished)
    )


def rules(
    chance: np.random.Generator, count: int, first: np.ndarray, last: np.ndarray
) -> dict[str, tuple]:
    """Return precedence for 5% of projects, alternatives for 4%, joint projects for 4%."""
    order = chance.permutation(count)
    third = count // 20
    before = order[: third * 2 // 2 * 2].reshape(-1, 2)
    precedences = tuple(
        Precedence(int(a), int(b)) if last[b] >= first[a] else Precedence(int(b), int(a))
        for a, b in before
    )
    begin = len(before) * 2
    twos = order[begin : begin + count // 25 // 2 * 2].reshape(-1, 2)
    begin += twos.size
    pairs = order[begin : begin + count // 25 // 2 * 2].reshape(-1, 2)
    return {
        "precedences": precedences,
        "alternatives": tuple(Alternatives((int(a), int(b))) for a, b in twos),
        "joints": tuple(Joint((int(a), int(b))) for a, b in pairs),
    }
