"""While files are read, circular garbage is not looked for; afterwards it is, also when a read fails."""

import gc

import pytest

from sinergi.programs.imports.collecting import rows_kept


def test_the_search_rests_until_the_last_read_has_ended():
    assert gc.isenabled()
    with rows_kept():
        with rows_kept():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_read_that_fails_leaves_the_search_on():
    with pytest.raises(ValueError, match="broken"), rows_kept():
        raise ValueError("broken")
    assert gc.isenabled()


def test_where_the_search_was_off_it_stays_off():
    gc.disable()
    try:
        with rows_kept():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
