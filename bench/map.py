"""The national map: cold, with new weights, and its matching beside pandas and Polars.

The peers do the same join for the same objects on the same scores: pair every giver with every
receiver within reach, keep those that fit, score them, keep the best five of every giver. The first
of Sinergi's two times includes forming the groups, which the peers do not do.
"""

import pickle
import statistics

import numpy as np
import pandas as pd
import polars as pl

from bench.common import in_process, loaded_home, median_seconds, table
from sinergi.analysis.assemble import assemble
from sinergi.analysis.logics import LOGICS, link_scores

COLD = """
import json, resource
import django; django.setup()
from time import perf_counter
start = perf_counter()
from sinergi.opportunities import queries
from sinergi.opportunities.settings import MapSettings
total = queries.opportunity_map(MapSettings()).total
cold = perf_counter() - start
warm = []
for need in (0.31, 0.33, 0.35, 0.37, 0.39):
    start = perf_counter()
    weights = {"need": need, "strength": 0.2, "proximity": 0.15, "gain": 0.25}
    queries.opportunity_map(MapSettings(weights=weights))
    warm.append(perf_counter() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
objects = len(queries.ground().objects)
print(json.dumps({"cold": cold, "warm": sorted(warm)[2], "peak": peak, "objects": objects}))
"""

MATCH = """
import json, pickle
import django; django.setup()
import numpy as np
from sinergi.analysis.logics import LOGICS
from sinergi.opportunities import queries
from sinergi.opportunities.compute import object_scores, task_for
from sinergi.opportunities.settings import MapSettings
base, settings = queries.ground(), MapSettings()
everyone = np.ones(len(base.rows), dtype=bool)
tasks = [task_for(base, code, object_scores(base, code, settings), settings, everyone)
         for code, item in base.objects.items()
         if item.computed_logic in ("HUB_SPOKE", "COMPLEMENTARY") and item.margin is None
         and item.cost_curve is None]
with open(PATH, "wb") as file:
    pickle.dump(tasks, file)
print(json.dumps({"tasks": len(tasks)}))
"""


def run() -> list[str]:
    """Print the table; return the promises that do not hold."""
    home = loaded_home()
    runs = [in_process(COLD, home) for _ in range(3)]
    cold, warm, peak = (statistics.median(r[key] for r in runs) for key in ("cold", "warm", "peak"))
    ours, theirs = matching(home)
    rows = [
        ("national map, cold process", f"{cold:.2f} s", f"{runs[0]['objects']} objects; under 2 s"),
        ("new weights, warm process", f"{warm:.2f} s", "under 0.3 s"),
        ("peak memory", f"{peak:.0f} MB", "under 1,000 MB"),
        ("match and group, Sinergi", f"{ours:.3f} s", "1.0 x"),
    ]
    rows += [
        (f"match only, {name}", f"{took:.3f} s", f"{took / ours:.1f} x") for name, took in theirs
    ]
    table(rows)
    limits = [("cold map", cold, 2.0), ("new weights", warm, 0.3), ("peak memory", peak, 1000.0)]
    return [f"{name}: {value:.2f} > {limit}" for name, value, limit in limits if value > limit]


def matching(home) -> tuple[float, list[tuple[str, float]]]:
    """Return the seconds that our kernel and each peer take for the same objects."""
    path = home / "tasks.pickle"
    in_process(f"PATH = {str(path)!r}\n" + MATCH, home)
    tasks = pickle.loads(path.read_bytes())
    agree(tasks)
    ours = median_seconds(lambda: [assemble(task) for task in tasks])
    frames = [(pandas_frames(task), polars_frames(task)) for task in tasks]
    return ours, [
        ("NumPy, Sinergi", median_seconds(lambda: [match(task) for task in tasks])),
        ("pandas", median_seconds(lambda: [match_pandas(*f[0]) for f in frames])),
        ("Polars", median_seconds(lambda: [match_polars(*f[1]) for f in frames])),
    ]


def agree(tasks) -> None:
    """Check that the peers find the pairs that our kernel finds, with the same scores."""
    for task in tasks:
        arcs = LOGICS[task.logic].fit(task.field).known(strength=True)
        scores = np.sort(link_scores(arcs, task.weights))
        everything = match_pandas(*pandas_frames(task), top=10**6)
        np.testing.assert_allclose(np.sort(everything["score"].to_numpy()), scores)
        found = match_polars(*polars_frames(task), top=10**6)
        np.testing.assert_allclose(np.sort(found["score"].to_numpy()), scores)


def match(task, top=5):
    """Return the rows of the best `top` receivers of every giver, with our kernel."""
    arcs = LOGICS[task.logic].fit(task.field).known(strength=True)
    score = link_scores(arcs, task.weights)
    order = np.lexsort((-score, arcs.giver))
    giver = arcs.giver[order]
    place = np.arange(len(order)) - np.searchsorted(giver, giver)
    return order[place < top]


def columns(task):
    """Return regions and directed pairs as plain columns."""
    field, links = task.field, task.field.links
    total = sum(task.weights[part] for part in ("need", "strength", "proximity"))
    shares = {part: task.weights[part] / total for part in ("need", "strength", "proximity")}
    regions = {"region": np.arange(len(field.need)), "need": field.need, "strength": field.strength}
    km = np.concatenate([links.km, links.km])
    pairs = {
        "giver": np.concatenate([links.a, links.b]),
        "receiver": np.concatenate([links.b, links.a]),
        "near": field.nearness(km, np.concatenate([links.borders, links.borders])),
    }
    return regions, pairs, shares


def pandas_frames(task):
    """Return the columns as pandas frames."""
    regions, pairs, shares = columns(task)
    return pd.DataFrame(regions), pd.DataFrame(pairs), shares


def polars_frames(task):
    """Return the columns as Polars frames."""
    regions, pairs, shares = columns(task)
    return pl.DataFrame(regions), pl.DataFrame(pairs), shares


def match_pandas(regions, pairs, shares, top=5):
    """Return the best `top` receivers of every giver, with pandas."""
    receiver = regions.rename(columns={"region": "receiver", "strength": "own"})
    giver = regions[["region", "strength"]].rename(columns={"region": "giver"})
    joined = pairs.merge(giver, on="giver").merge(receiver, on="receiver")
    fits = (joined.strength >= 0.5) & (joined.need >= 0.5) & ~(joined.own >= joined.strength)
    joined = joined[fits]
    joined = joined.assign(
        score=shares["need"] * joined.need
        + shares["strength"] * joined.strength
        + shares["proximity"] * joined.near
    )
    return joined.sort_values("score", ascending=False).groupby("giver").head(top)


def match_polars(regions, pairs, shares, top=5):
    """Return the best `top` receivers of every giver, with Polars."""
    regions = regions.with_columns(pl.col("need", "strength").fill_nan(None))
    giver = regions.select(giver="region", strength="strength")
    receiver = regions.select(receiver="region", need="need", own="strength")
    joined = pairs.lazy().join(giver.lazy(), on="giver").join(receiver.lazy(), on="receiver")
    lacks = ~(pl.col("own") >= pl.col("strength")).fill_null(value=False)
    fits = (pl.col("strength") >= 0.5) & (pl.col("need") >= 0.5) & lacks
    score = (
        shares["need"] * pl.col("need")
        + shares["strength"] * pl.col("strength")
        + shares["proximity"] * pl.col("near")
    )
    scored = joined.filter(fits).with_columns(score=score).sort("score", descending=True)
    return scored.group_by("giver", maintain_order=True).head(top).collect()
