"""What goes into synchronisation as law: spellings of units."""

import polars as pl
import pytest

from sinergi.analysis.synchronise.shaping import one_unit
from sinergi.programs.synchronise.law import present_law

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other"),
    [("Km", "Kilometer"), ("m²", "M2"), ("Dok.", "Dokumen"), ("Org/Bln", "OB"), ("Buah", "Unit"),
     ("Ls", "Lump Sum"), ("KK", "Kepala Keluarga"), ("Exp", "Exemplar"), ("Orang / Hari", "Orang x 3 Hari"),
     ("LS, 40 Liter dan 20 OH", "LS. 10 Liter dan 18 OH")],
    ids=["length", "area", "documents", "months_of_people", "pieces", "sum", "families", "copies",
         "joined", "with_numbers"],
)  # fmt: skip
def test_units_of_plans_are_known_in_their_spellings(one, other):
    read = pl.DataFrame({"unit": [one, other]}).select(one_unit("unit", present_law()))
    assert read["unit"].n_unique() == 1


@pytest.mark.parametrize(("one", "other"), [("m", "m2"), ("km", "m"), ("orang", "paket")])
def test_other_units_stay_others(one, other):
    read = pl.DataFrame({"unit": [one, other]}).select(one_unit("unit", present_law()))
    assert read["unit"].n_unique() == 2
