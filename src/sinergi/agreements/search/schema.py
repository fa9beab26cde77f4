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

WHOLE_FTS5 = (
    "DROP TABLE IF EXISTS agreements_wholewords",
    (
        "CREATE VIRTUAL TABLE agreements_wholewords USING fts5("
        "words, content='agreements_agreementwords', content_rowid='agreement_id',"
        " detail=none, prefix='4 5 6')"
    ),
    (
        "CREATE TRIGGER agreements_whole_new AFTER INSERT ON agreements_agreementwords BEGIN"
        " INSERT INTO agreements_wholewords(rowid, words) VALUES (new.agreement_id, new.words); END"
    ),
    (
        "CREATE TRIGGER agreements_whole_gone AFTER DELETE ON agreements_agreementwords BEGIN"
        " INSERT INTO agreements_wholewords(agreements_wholewords, rowid, words)"
        " VALUES ('delete', old.agreement_id, old.words); END"
    ),
)
"""Words of whole agreements: which it has, not where; rows are put in and deleted, never changed."""
WHOLE_TSVECTOR = (
    (
        "ALTER TABLE agreements_agreementwords ADD COLUMN lexemes tsvector"
        " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
    ),
    "CREATE INDEX agreements_whole_words ON agreements_agreementwords USING gin (lexemes)",
)


def installing(vendor: str) -> tuple[str, ...]:
    """Return the statements that make the indexes."""
    return TSVECTOR if vendor == "postgresql" else FTS5


def installing_whole(vendor: str) -> tuple[str, ...]:
    """Return the statements that make the index of words of whole agreements."""
    return WHOLE_TSVECTOR if vendor == "postgresql" else WHOLE_FTS5
