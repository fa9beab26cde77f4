"""Amounts of rupiah are stored and summed exactly, in the database of the run."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, Sum
from hypothesis import given
from hypothesis import strategies as st

from sinergi.programs.models import LineAmount, PlanLine
from sinergi.reference.rupiah import MOST, RupiahField, minor, rupiah
from tests.programs.making import a_line, a_version, many_lines


@given(st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1))
def test_minor_units_and_rupiah_are_the_same_amount(units: int) -> None:
    assert minor(rupiah(units)) == units


@pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity", "92233720368547758.08"])
def test_what_cannot_be_stored_exactly_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount of rupiah"):
        minor(Decimal(amount))


def test_a_text_that_is_no_number_is_no_amount() -> None:
    with pytest.raises(ValidationError):
        RupiahField().to_python("dua juta")
    assert RupiahField().to_python("2.50") == Decimal("2.50")


@pytest.mark.django_db
@pytest.mark.parametrize("amount", ["0.00", "0.01", "90071992547409.93", str(MOST)])
def test_an_amount_comes_back_from_the_database_as_it_was(amount: str) -> None:
    line = a_line(a_version(), amounts={2025: amount})

    assert LineAmount.objects.get(line=line).amount == Decimal(amount)
    assert str(PlanLine.objects.get(pk=line.pk).total) == amount


@pytest.mark.django_db
def test_sums_of_very_large_amounts_in_the_database_are_exact() -> None:
    version = a_version()
    many_lines(version, 90, total=Decimal("999999999999999.99"))

    told = version.lines.aggregate(total=Sum("total"))["total"]

    assert told == 90 * Decimal("999999999999999.99")


@pytest.mark.django_db
def test_amounts_are_compared_and_filtered_as_rupiah() -> None:
    version = a_version()
    a_line(version, "kecil", amounts={2025: "1.99"})
    a_line(version, "besar", amounts={2025: "2.01"})

    assert [one.title for one in version.lines.filter(total__gt=Decimal(2))] == ["besar"]
    assert version.lines.filter(total=F("total")).count() == 2


@pytest.mark.django_db
def test_archives_hold_amounts_as_text() -> None:
    line = a_line(a_version(), amounts={2025: "90071992547409.93"})

    assert PlanLine._meta.get_field("total").value_to_string(line) == "90071992547409.93"
