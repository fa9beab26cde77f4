"""Record what two independent libraries make of random ballots, for test_against_libraries.py.

They are too heavy to be dependencies (docs/adr/0018-voting-rules.md). To record anew, in an environment of
its own: pip install pref_voting==1.18.2 abcvoting==2.19.2 && python record_independent_results.py
"""

import itertools
import json
import random
import warnings
from pathlib import Path

from abcvoting import abcrules, preferences
from pref_voting.margin_based_methods import beat_path_defeat, ranked_pairs_defeats
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.scoring_methods import symmetric_borda_scores

HERE = Path(__file__).parent
PROFILES = 100
MOST_TIE_BREAKS = 5000


def random_places(rng, voters, items, *, ties):
    """Rankings as places; with ties, also equal and missing ones (None)."""
    if not ties:
        return [rng.sample(range(1, items + 1), items) for _ in range(voters)]
    choices = [None, *range(1, items + 1)]
    rows = [[rng.choice(choices) for _ in range(items)] for _ in range(voters)]
    return [row if any(row) else [1, *row[1:]] for row in rows]


def ranked(places, items):
    profile = ProfileWithTies(
        [{at: place for at, place in enumerate(row) if place} for row in places],
        candidates=list(range(items)),
    )
    profile.use_extended_strict_preference()
    levels = {}
    for first, second in itertools.permutations(range(items), 2):
        levels.setdefault(profile.margin(first, second), []).append(first)
    sequences = 1
    for margin, level in levels.items():
        for number in range(1, len(level) + 1):
            sequences *= number if margin >= 0 else 1
    certain = None
    if sequences <= MOST_TIE_BREAKS:
        graphs = ranked_pairs_defeats(profile)
        certain = [
            [first, second]
            for first, second in itertools.permutations(range(items), 2)
            if all(reaches(graph, first, second) for graph in graphs)
        ]
    return {
        "places": places,
        "borda": {str(item): score for item, score in symmetric_borda_scores(profile).items()},
        "schulze": sorted(map(list, beat_path_defeat(profile).edges)),
        "ranked_pairs": certain,
    }


def reaches(graph, first, second):
    seen, ahead = set(), [first]
    while ahead:
        for following in graph.successors(ahead.pop()):
            if following not in seen:
                seen.add(following)
                ahead.append(following)
    return second in seen


def approved(rng):
    items, voters = rng.randint(3, 8), rng.randint(3, 14)
    rows = [[int(rng.random() < 0.4) for _ in range(items)] for _ in range(voters)]
    supported = sum(map(any, zip(*rows, strict=True)))
    if not supported:
        return None
    places = rng.randint(1, supported)
    profile = preferences.Profile(items)
    profile.add_voters([[at for at, yes in enumerate(row) if yes] for row in rows])
    committees = abcrules.compute_equal_shares(
        profile, places, algorithm="standard-fractions", resolute=False, max_num_of_committees=None
    )
    return {
        "approvals": rows,
        "places": places,
        "committees": sorted(sorted(map(int, one)) for one in committees),
    }


def main():
    warnings.simplefilter("ignore")
    rng = random.Random(2026)
    rankings = []
    for number in range(PROFILES):
        items, voters = rng.randint(3, 6), rng.randint(2, 13)
        rankings.append(ranked(random_places(rng, voters, items, ties=bool(number % 2)), items))
    for _ in range(PROFILES):  # many voters: few equal margins, so that ranked pairs can be tried
        rankings.append(ranked(random_places(rng, rng.randint(60, 101), 4, ties=False), 4))
        rankings[-1]["places"] = counted(rankings[-1]["places"])
    approvals = [one for _ in range(PROFILES) if (one := approved(rng))]
    recorded = {"rankings": rankings, "approvals": approvals}
    text = json.dumps(recorded, separators=(",", ":")).replace('{"places"', '\n{"places"')
    (HERE / "independent_results.json").write_text(text + "\n", encoding="utf-8")


def counted(rows):
    """The same rankings once, each with its number as the last entry."""
    return [[*row, rows.count(list(row))] for row in sorted({tuple(row) for row in rows})]


if __name__ == "__main__":
    main()
