"""Issues drawn into themes, and the search for earlier points, beside what one would pick instead.

Speed is measured on texts made by joining sentences of the labelled issues (`tests/data/issues`, which
tells where they come from); quality on its held-out part. The thresholds of the peers are the best for the
development part, as ours are. RapidFuzz and scikit-learn know nothing of the language, as they come.
"""

import csv
import resource
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
from rapidfuzz import fuzz, process, utils
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score

from bench.common import median_seconds, table
from sinergi.analysis.texts import SAME, Index, themes

ISSUES = Path(__file__).parents[1] / "tests" / "data" / "issues" / "texts.csv"
QUERY = "Tempat pembuangan akhir sampah penuh, perlu TPA regional dengan kabupaten tetangga"


def run() -> list[str]:
    """Print the tables; return the promises that do not hold."""
    with ISSUES.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    drawn, searched = drawing(made(rows, 1_000)), searching(made(rows, 20_000))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table([*drawn, *searched, ("peak memory, all methods", f"{peak:.0f} MB", "")])
    print("\n  held-out issues: precision, recall, F1 of pairs; adjusted Rand index of themes")
    table(judged(rows))
    limits = [("1,000 issues into themes", drawn[0][1], 20.0), ("search", searched[1][1], 0.3)]
    return [
        f"{name}: {took} > {limit} s" for name, took, limit in limits if float(took[:-2]) > limit
    ]


def made(rows, count: int) -> list[str]:
    """Return texts of one to four sentences of the labelled issues, the same at every run."""
    rng = np.random.default_rng(4)
    texts = np.array([row["text"] for row in rows])
    return [". ".join(rng.choice(texts, rng.integers(1, 5))) for _ in range(count)]


def drawing(texts: list[str]) -> list[tuple[str, str, str]]:
    """Return rows of how long each method takes to draw texts together."""
    ours = median_seconds(lambda: themes(texts), 3)
    peers = [
        ("scikit-learn TF-IDF", median_seconds(lambda: joined(cosines(texts), 0.1), 3)),
        ("RapidFuzz token sets", median_seconds(lambda: joined(token_sets(texts), 0.6), 3)),
    ]
    first = (f"{len(texts)} issues into themes, Sinergi", f"{ours:.3f} s", "1.0 x; under 20 s")
    return [first, *((f"  {name}", f"{t:.3f} s", f"{t / ours:.1f} x") for name, t in peers)]


def searching(texts: list[str]) -> list[tuple[str, str, str]]:
    """Return rows of how long each method takes to find the ten most similar of many texts."""
    start = perf_counter()
    index = Index(texts)
    index.search(QUERY)
    built = perf_counter() - start
    ours = median_seconds(lambda: index.search(QUERY, 10))
    vectors = TfidfVectorizer()
    start = perf_counter()
    matrix = vectors.fit_transform(texts)
    theirs_built = perf_counter() - start

    def best_cosines() -> object:
        return np.argsort(-(matrix @ vectors.transform([QUERY]).T).toarray().ravel())[:10]

    def best_token_sets() -> object:
        return process.extract(
            QUERY, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=10
        )

    peers = [
        ("scikit-learn TF-IDF", median_seconds(best_cosines)),
        ("RapidFuzz token sets", median_seconds(best_token_sets, 3)),
    ]
    return [
        (f"index of {len(texts)} points, Sinergi", f"{built:.3f} s", "1.0 x"),
        (f"search over {len(texts)} points, Sinergi", f"{ours:.4f} s", "1.0 x; under 0.3 s"),
        ("  index, scikit-learn TF-IDF", f"{theirs_built:.3f} s", f"{theirs_built / built:.1f} x"),
        *((f"  search, {name}", f"{took:.4f} s", f"{took / ours:.1f} x") for name, took in peers),
    ]


def cosines(texts: list[str]) -> np.ndarray:
    """Return the cosines of all pairs with TF-IDF as scikit-learn has it."""
    matrix = TfidfVectorizer().fit_transform(texts)
    return (matrix @ matrix.T).toarray()


def token_sets(texts: list[str]) -> np.ndarray:
    """Return the token set ratios of all pairs, in [0, 1]."""
    return (
        process.cdist(texts, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process)
        / 100
    )


def searched_scores(texts: list[str]) -> np.ndarray:
    """Return our scores of all pairs."""
    index, scores = Index(texts), np.zeros((len(texts), len(texts)))
    for row, text in enumerate(texts):
        for found in index.search(text, len(texts), 0.0):
            scores[row, found.row] = found.score
    return scores


def joined(scores: np.ndarray, least: float) -> np.ndarray:
    """Return the labels of average linkage as scikit-learn has it."""
    method = AgglomerativeClustering(
        None, metric="precomputed", linkage="average", distance_threshold=1 - least
    )
    return method.fit_predict(1 - np.clip(scores, 0, 1))


def our_labels(texts: list[str], _: float) -> np.ndarray:
    """Return our themes as labels."""
    drawn, found = themes(texts), np.full(len(texts), -1)
    for label, theme in enumerate(drawn.themes):
        found[list(theme.rows)] = label
    found[list(drawn.alone)] = len(drawn.themes) + np.arange(len(drawn.alone))
    return found


def judged(rows) -> list[tuple[str, str, str]]:
    """Return rows of how far each method agrees with the person who sorted the held-out issues."""
    development, held_out = (
        [row for row in rows if row["part"] == part] for part in ("development", "held_out")
    )
    found = []
    for name, scores, label in (
        ("Sinergi", searched_scores, our_labels),
        ("scikit-learn TF-IDF", cosines, None),
        ("RapidFuzz token sets", token_sets, None),
    ):
        cut = SAME if label else best_cut(scores, development, pair_f1)
        texts, groups = texts_and_groups(held_out)
        precision, recall, f1 = agreement(scores(texts), groups, cut)
        least = 0.0 if label else best_cut(scores, development, rand_of_themes)
        labels = label(texts, least) if label else joined(scores(texts), least)
        rand = adjusted_rand_score(groups, labels)
        found.append((name, f"{precision:.2f} {recall:.2f} {f1:.2f}", f"{rand:.2f}"))
    return found


def texts_and_groups(rows) -> tuple[list[str], np.ndarray]:
    """Return the texts of some rows and the number of the group of each."""
    names = [row["group"] or row["id"] for row in rows]
    return [row["text"] for row in rows], np.unique(names, return_inverse=True)[1]


def best_cut(scores: Callable, rows, judge: Callable) -> float:
    """Return the threshold that a judge likes best."""
    texts, groups = texts_and_groups(rows)
    found = scores(texts)
    cuts = np.quantile(found, np.linspace(0.8, 0.999, 100))
    return float(max(cuts, key=lambda cut: judge(found, groups, cut)))


def pair_f1(scores: np.ndarray, groups: np.ndarray, cut: float) -> float:
    """Return the F1 of the pairs above a threshold."""
    return agreement(scores, groups, cut)[2]


def rand_of_themes(scores: np.ndarray, groups: np.ndarray, cut: float) -> float:
    """Return the adjusted Rand index of the groups joined above a threshold."""
    return float(adjusted_rand_score(groups, joined(scores, cut)))


def agreement(scores: np.ndarray, groups: np.ndarray, cut: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the pairs above a threshold."""
    first, second = np.triu_indices(len(groups), 1)
    said, same = scores[first, second] >= cut, groups[first] == groups[second]
    right = (said & same).sum()
    precision, recall = right / max(said.sum(), 1), right / same.sum()
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
