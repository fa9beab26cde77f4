from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.evidence.imports import mapping as mappings
from sinergi.evidence.imports.mapping import (
    Mapping,
    MappingError,
    NewIndicator,
    NewSource,
    from_json,
)

texts = st.text(max_size=12)
anything = st.builds(
    Mapping,
    sheet=texts,
    header_row=st.integers(0, 99),
    layout=st.sampled_from(["long", "periods", "indicators"]),
    region=texts,
    value=texts,
    columns=st.dictionaries(texts, texts, max_size=3),
    indicator_code=texts,
    numbers=st.sampled_from(["auto", "id", "en"]),
    region_codes=st.sampled_from(["auto", "kemendagri", "bps"]),
    new_indicators=st.lists(st.builds(NewIndicator, texts, texts, texts), max_size=2).map(tuple),
    new_source=st.none() | st.builds(NewSource, texts),
)


@given(anything)
def test_a_mapping_reads_back_from_what_it_writes(mapping: Mapping) -> None:
    assert from_json(mapping.to_json()) == mapping


def test_a_mapping_file_reads_back_equal(tmp_path: Path) -> None:
    mapping = Mapping(region="A", value="nilai", new_source=NewSource("Dinas Lingkungan Hidup"))
    mappings.write(mapping, tmp_path / "m.json")
    assert mappings.read(tmp_path / "m.json") == mapping


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ([], "mapping"),
        ({"colour": "red"}, "colour"),
        ({"layout": "round"}, "layout"),
        ({"header_row": "1"}, "header_row"),
        ({"header_row": -1}, "header_row"),
        ({"header_row": True}, "header_row"),
        ({"columns": {"A": 1}}, "columns"),
        ({"region": 3}, "region"),
        ({"new_indicators": "x"}, "new_indicators"),
        ({"new_indicators": [{"code": "x"}]}, "new_indicators"),
        ({"new_indicators": [{"colour": "x"}]}, "new_indicators"),
        ({"new_source": {"colour": "x"}}, "new_source"),
    ],
)
def test_a_wrong_mapping_is_refused_by_field(data: object, field: str) -> None:
    with pytest.raises(MappingError) as caught:
        from_json(data)
    assert caught.value.field == field


def test_a_mapping_file_that_is_not_json_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text("{", encoding="utf-8")
    with pytest.raises(MappingError, match=r"m\.json"):
        mappings.read(tmp_path / "m.json")
