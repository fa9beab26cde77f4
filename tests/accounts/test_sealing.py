"""Sealed secrets: opened by the key of the installation and its former ones only."""

import pytest

from sinergi.accounts.sealing import SealError, seal, unseal


def test_what_was_sealed_is_opened_again():
    assert unseal(seal("rahasia ✓")) == "rahasia ✓"


def test_equal_secrets_do_not_look_equal():
    assert seal("rahasia") != seal("rahasia")


def test_a_former_key_still_opens(settings):
    sealed = seal("rahasia")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key " + "y" * 40
    assert unseal(sealed) == "rahasia"


def test_another_key_does_not_open(settings):
    sealed = seal("rahasia")
    settings.SECRET_KEY = "a new key " + "y" * 40
    with pytest.raises(SealError):
        unseal(sealed)


@pytest.mark.parametrize("damaged", ["", "x", "gAAAAA"])
def test_damaged_text_is_told(damaged):
    with pytest.raises(SealError):
        unseal(damaged)
