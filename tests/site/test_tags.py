"""Numbers and score bars as the templates write them."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sinergi.opportunities.settings import DEFAULT_WEIGHTS, PARTS
from sinergi.site.templatetags import sinergi as tags

share = st.floats(min_value=0, max_value=1)


@pytest.mark.parametrize(
    ("language", "value", "decimals", "written"),
    [("id", 1234.5, 1, "1.234,5"), ("en", 1234.5, 1, "1,234.5"), ("id", None, 0, "–")],
)
def test_numbers_follow_the_language(language, value, decimals, written) -> None:
    with translation.override(language):
        assert tags.number(value, decimals) == written


def test_missing_is_a_dash_and_never_zero() -> None:
    assert tags.percent(None) == tags.points(None) == "–"
    assert tags.percent(0.0) == "0%"


@pytest.mark.parametrize(("value", "plain"), [(None, ""), (250000, "250000"), (0.5, "0.5")])
def test_form_fields_get_plain_numbers(value, plain) -> None:
    assert tags.plain(value) == plain


def test_long_kinds_of_regions_are_shortened_and_not_torn_apart() -> None:
    assert tags.short_region("Kabupaten Banjar") == "Kab.\u00a0Banjar"
    assert tags.short_region("Kota Banjarbaru") == "Kota\u00a0Banjarbaru"


@pytest.mark.parametrize(("level", "kind"), [("error", "notice-error"), ("other", "notice-info")])
def test_messages_get_a_box(level, kind) -> None:
    assert tags.notice_class(level) == kind


@given(st.fixed_dictionaries(dict.fromkeys(PARTS, share)))
def test_the_segments_of_a_score_bar_add_up_to_the_score(parts) -> None:
    bar = tags.scorebar(parts, DEFAULT_WEIGHTS)
    score = 100 * sum(parts[part] * DEFAULT_WEIGHTS[part] for part in PARTS)
    assert sum(segment["points"] for segment in bar["segments"]) == pytest.approx(score)
    assert bar["total"] <= 100 + 1e-9


def test_a_score_bar_says_its_parts_to_those_who_cannot_see_it() -> None:
    source = "{% load sinergi %}{% scorebar parts weights %}"
    context = Context({"parts": {"need": 1.0, "gain": 0.5}, "weights": {"need": 0.6, "gain": 0.4}})
    with translation.override("id"):
        drawn = Template(source).render(context)
    assert re.search(r'aria-label="Kebutuhan 60,0, [^"]+ 20,0"', drawn)
    assert 'style="' not in drawn
