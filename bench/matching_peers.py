"""What one would pick instead to find the same work in plans: rapidfuzz in blocks, TF-IDF, Splink.

Each gets the threshold that is best for the truth, which nobody has in practice: their figures are the
most that they can do.
"""

import logging
from collections import defaultdict

import duckdb
import polars as pl
import splink.comparison_library as compared
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI

Pairs = pl.DataFrame
SCHEMA = {"a": pl.Int64, "b": pl.Int64, "score": pl.Float64}


def rapidfuzz(lines: pl.DataFrame) -> Pairs:
    """Compare all lines of a region by the likeness of their sorted words."""
    texts = (lines["title"] + " " + lines["place"]).to_list()
    blocks = defaultdict(list)
    for row, region in enumerate(lines["region"]):
        blocks[region].append(row)
    pairs = []
    for rows in blocks.values():
        some = [utils.default_process(texts[row]) for row in rows]
        scores = process.cdist(
            some, some, scorer=fuzz.token_sort_ratio, score_cutoff=70, workers=-1
        )
        for i, j in zip(*scores.nonzero(), strict=True):
            if i < j:
                pairs.append((rows[i], rows[j], float(scores[i, j])))
    return pl.DataFrame(pairs, schema=SCHEMA, orient="row")


def tfidf(lines: pl.DataFrame) -> Pairs:
    """Take the ten nearest lines by character trigrams."""
    texts = lines["title"] + " " + lines["place"] + " " + lines["region"]
    matrix = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3)).fit_transform(texts.to_list())
    near = sp_matmul_topn(matrix, matrix.T.tocsr(), top_n=10, threshold=0.5, n_threads=2).tocoo()
    table = pl.DataFrame({"a": near.row, "b": near.col, "score": near.data}).cast(SCHEMA)
    return table.filter(pl.col("a") < pl.col("b"))


def splink(lines: pl.DataFrame) -> Pairs:
    """Learn weights of title, place, code, year and amount by expectation maximisation, without labels."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    text = ("title", "place", "code", "amount")
    table = lines.select(
        "region", "place", "code", unique_id="id", title=pl.col("title").str.to_lowercase(),
        year=pl.col("first_year").cast(pl.String), amount=pl.col("amount").cast(pl.String),
    )  # fmt: skip
    table = table.with_columns(pl.col(text).replace({"": None, "0": None}))
    linker = Linker(DuckDBAPI(duckdb.connect()).register(table.to_arrow()), _settings())
    train = linker.training
    train.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    train.estimate_parameters_using_expectation_maximisation(block_on("region", "year"))
    train.estimate_parameters_using_expectation_maximisation(block_on("region", "amount"))
    found = linker.inference.predict(threshold_match_probability=0.01)
    pairs = found.as_duckdbpyrelation().pl()
    low = pl.min_horizontal("unique_id_l", "unique_id_r")
    high = pl.max_horizontal("unique_id_l", "unique_id_r")
    return pairs.select(a=low, b=high, score="match_weight").cast(SCHEMA)


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compared.JaroWinklerAtThresholds("title", [0.95, 0.9, 0.8]),
            compared.JaroWinklerAtThresholds("place", [0.9]),
            compared.ExactMatch("code"),
            compared.ExactMatch("year"),
            compared.ExactMatch("amount"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("region", "year"),
            block_on("region", "substr(title, 1, 12)"),
            block_on("amount", "year"),
        ],
    )


def best(pairs: Pairs, lines: pl.DataFrame, truth: pl.DataFrame) -> Pairs:
    """Return the pairs of different plans from the score on that is best for the truth."""
    plan = lines["plan"]
    found = pairs.unique(["a", "b"], maintain_order=True)
    found = found.filter(plan.gather(found["a"]) != plan.gather(found["b"]))
    found = found.join(truth.with_columns(hit=1), on=["a", "b"], how="left").sort(
        "score", descending=True
    )
    f1 = found.select(
        2 * pl.col("hit").fill_null(0).cum_sum() / (pl.int_range(1, pl.len() + 1) + len(truth))
    ).to_series()
    return found.head(int(f1.arg_max() or 0) + 1).select("a", "b")


PEERS = {"rapidfuzz": rapidfuzz, "tfidf": tfidf, "splink": splink}
