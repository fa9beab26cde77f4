import pytest

from sinergi.analysis.errors import InputError

ERROR = InputError(
    "“{name}” is unknown.", "columns", "Use one of: {known}.", name="x", known="a, b"
)


def test_the_message_says_where_what_and_what_to_do():
    assert str(ERROR) == "columns: “x” is unknown. Use one of: a, b."
    assert (ERROR.what, ERROR.where) == ("“x” is unknown.", "columns")


def test_texts_are_translated_before_they_are_filled():
    indonesian = {"“{name}” is unknown.": "“{name}” tidak dikenal.", "columns": "kolom"}

    told = ERROR.translated(lambda text: indonesian.get(text, text))
    assert told == "kolom: “x” tidak dikenal. Use one of: a, b."


def test_values_with_braces_are_shown_as_they_are():
    assert "{0}" in str(InputError("“{cell}” is no number.", "b", "Fix it.", cell="{0}"))


def test_it_can_be_caught_as_a_value_error():
    with pytest.raises(ValueError, match="unknown"):
        raise ERROR
