"""The indexes of full text, which each database has in its own way; made by a migration."""

FTS5 = (
    "DROP TABLE IF EXISTS agreements_searchwords",
    (
        "CREATE VIRTUAL TABLE agreements_searchwords USING fts5("
        "exact, stems, content='agreements_searchtext', content_rowid='id', prefix='3 4 5')"
    ),
    (
        "CREATE TRIGGER agreements_search_new AFTER INSERT ON agreements_searchtext BEGIN"
        " INSERT INTO agreements_searchwords(rowid, exact, stems) VALUES (new.id, new.exact, new.stems); END"
    ),
    (
        "CREATE TRIGGER agreements_search_gone AFTER DELETE ON agreements_searchtext BEGIN"
        " INSERT INTO agreements_searchwords(agreements_searchwords, rowid, exact, stems)"
        " VALUES ('delete', old.id, old.exact, old.stems); END"
    ),
)
"""Rows are put in and deleted, never changed."""
TSVECTOR = (
    (
        "ALTER TABLE agreements_searchtext ADD COLUMN exact_words tsvector"
        " GENERATED ALWAYS AS (to_tsvector('simple', exact)) STORED"
    ),
    (
        "ALTER TABLE agreements_searchtext ADD COLUMN stem_words tsvector"
        " GENERATED ALWAYS AS (to_tsvector('simple', stems)) STORED"
    ),
    "CREATE INDEX agreements_search_exact ON agreements_searchtext USING gin (exact_words)",
    "CREATE INDEX agreements_search_stems ON agreements_searchtext USING gin (stem_words)",
)


def installing(vendor: str) -> tuple[str, ...]:
    """Return the statements that make the indexes."""
    return TSVECTOR if vendor == "postgresql" else FTS5
