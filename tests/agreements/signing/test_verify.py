"""Electronic signatures: nothing is called valid that is not, and what is found is told in words."""

from datetime import timedelta

import pytest
from django.utils import translation

from sinergi.accounts.errors import InvalidError
from sinergi.agreements.signing import verify
from sinergi.agreements.signing.verify import examine
from tests.agreements.signing.pki import (
    NOW,
    YEAR,
    appended,
    identity,
    pdf,
    revocations,
    root,
    signed,
    trust,
)

ROOT = root()
BETWEEN = identity("Penerbit Uji", ROOT, authority=True)
HEAD = identity("Wali Kota Uji", BETWEEN)
OTHER = identity("Bupati Uji", BETWEEN)
STAMPER = identity("Penanda Waktu Uji", ROOT, stamps=True, since=NOW - 5 * YEAR)
SIGNED = signed(pdf(), HEAD, BETWEEN)


@pytest.fixture(autouse=True)
def trusted(settings, tmp_path):
    settings.SINERGI_TRUST = trust(tmp_path / "trust", ROOT)
    return settings.SINERGI_TRUST


def only(content: bytes) -> verify.Found:
    found = examine(content)
    assert len(found.signatures) == 1
    return found.signatures[0]


def test_an_intact_signature_under_a_trusted_root_is_valid():
    one = only(SIGNED)
    assert (one.state, one.intact, one.covers, one.changed) == ("valid", True, "file", "")
    assert (one.name, one.issuer, one.root) == ("Wali Kota Uji", "Penerbit Uji", "Induk Uji")
    assert one.chain == ("Induk Uji", "Penerbit Uji", "Wali Kota Uji")
    assert one.claimed
    assert not one.stamped


def test_without_roots_nothing_is_valid(settings):
    settings.SINERGI_TRUST = None
    one = only(SIGNED)
    assert (one.state, one.root, one.intact) == ("unknown_root", "", True)
    assert examine(SIGNED).roots == 0


def test_a_folder_that_is_not_there_trusts_nobody(settings, tmp_path):
    settings.SINERGI_TRUST = tmp_path / "nowhere"
    assert only(SIGNED).state == "unknown_root"


def test_another_root_does_not_vouch(settings, tmp_path):
    settings.SINERGI_TRUST = trust(tmp_path / "other", root("Induk Lain"))
    assert only(SIGNED).state == "unknown_root"


def test_the_name_of_a_root_is_not_enough(settings, tmp_path):
    settings.SINERGI_TRUST = trust(tmp_path / "false", root("Induk Uji"))
    assert only(SIGNED).state == "unknown_root"


def test_a_signer_who_is_his_own_root_is_unknown():
    alone = identity("Siapa Saja")
    assert only(signed(pdf(), alone)).state == "unknown_root"


def test_an_intermediate_in_the_folder_helps_to_find_the_root(trusted):
    bare = signed(pdf(), HEAD)
    assert only(bare).state == "unknown_root"
    (trusted / "between.crt").write_bytes(BETWEEN.pem)
    assert only(bare).state == "valid"


def test_a_change_after_signing_is_told():
    one = only(appended(SIGNED))
    assert (one.state, one.changed, one.covers) == ("changed", "changed", "revision")
    assert one in examine(appended(SIGNED)).refused


def test_a_signature_that_does_not_cover_the_whole_file_is_told():
    one = only(SIGNED + b"\n% sesuatu sesudahnya\n")
    assert one.state != "valid"
    assert one.covers != "file"


def test_a_byte_changed_under_the_signature_breaks_it():
    at = SIGNED.index(b"/MediaBox")
    one = only(SIGNED[:at] + SIGNED[at:].replace(b"200", b"201", 1))
    assert (one.state, one.intact) == ("broken", False)


def test_an_expired_certificate_is_not_valid():
    old = identity("Mantan Bupati", BETWEEN, since=NOW - 4 * YEAR, until=NOW - 3 * YEAR)
    assert only(signed(pdf(), old, BETWEEN)).state == "expired"


def test_a_time_stamp_proves_that_it_was_signed_while_the_certificate_held():
    until = NOW - YEAR
    between = identity("Penerbit Lama", ROOT, authority=True, since=NOW - 5 * YEAR)
    old = identity("Mantan Bupati", between, since=NOW - 4 * YEAR, until=until)
    then = until - timedelta(days=30)
    one = only(signed(pdf(), old, between, stamper=STAMPER, at=then))
    assert (one.state, one.stamped) == ("valid", then.isoformat(timespec="seconds"))


def test_a_time_stamp_of_nobody_known_proves_nothing():
    alone = identity("Penanda Waktu Liar", stamps=True)
    old = identity("Mantan Bupati", BETWEEN, since=NOW - 4 * YEAR, until=NOW - YEAR)
    one = only(signed(pdf(), old, BETWEEN, stamper=alone, at=NOW - 2 * YEAR))
    assert (one.state, one.stamped) == ("expired", "")


def test_a_certificate_that_was_not_valid_yet():
    soon = identity("Calon Bupati", BETWEEN, since=NOW + YEAR / 2)
    assert only(signed(pdf(), soon, BETWEEN)).state == "not_yet"


def test_a_revoked_certificate_is_told_with_its_day(trusted):
    crl = revocations(BETWEEN, HEAD)
    (trusted / "revoked.crl").write_bytes(crl)
    one = only(SIGNED)
    assert (one.state, one.revocation_known) == ("revoked", True)
    assert one.revoked_on.startswith((NOW - timedelta(days=5)).date().isoformat())


def test_a_list_that_revokes_others_leaves_it_valid(trusted):
    (trusted / "revoked.crl").write_bytes(revocations(BETWEEN, OTHER))
    one = only(SIGNED)
    assert (one.state, one.revocation_known) == ("valid", True)


def test_a_list_of_somebody_else_does_not_revoke(trusted):
    liar = root("Penerbit Uji")
    (trusted / "revoked.crl").write_bytes(revocations(liar, HEAD))
    assert only(SIGNED).state == "valid"


def test_two_sign_one_after_the_other():
    both = signed(SIGNED, OTHER, BETWEEN, field="Tanda2")
    first, second = examine(both).signatures
    assert (first.name, first.state, first.covers, first.changed) == (
        "Wali Kota Uji",
        "valid",
        "revision",
        "signed",
    )
    assert (second.name, second.state, second.covers) == ("Bupati Uji", "valid", "file")
    assert examine(both).all_valid


def test_a_change_between_two_signatures_spoils_the_first_alone():
    both = signed(appended(SIGNED), OTHER, BETWEEN, field="Tanda2")
    assert [one.state for one in examine(both).signatures] == ["changed", "valid"]


def test_a_pdf_without_signatures_has_none():
    found = examine(pdf())
    assert (found.signatures, found.all_valid, found.refused) == ((), False, ())


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 40, SIGNED[:300]],
    ids=["empty", "head alone", "noise", "cut off"],
)
def test_what_cannot_be_read_is_refused(content):
    with pytest.raises(InvalidError):
        examine(content)


def test_a_huge_file_is_examined_in_time():
    huge = signed(pdf(2500), HEAD, BETWEEN)
    assert only(huge).state == "valid"


def test_a_trust_file_that_cannot_be_read_is_left_out(trusted):
    (trusted / "rusak.pem").write_bytes(
        b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"
    )
    (trusted / "rusak.crl").write_bytes(b"bukan daftar")
    (trusted / "catatan.txt").write_bytes(b"bukan sertifikat")
    assert only(SIGNED).state == "valid"


def test_what_is_kept_is_json_and_says_it_all():
    kept = examine(SIGNED).kept()
    assert kept["roots"] == 1
    assert len(kept["sha256"]) == 64
    assert kept["signatures"][0]["state"] == "valid"


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_state_has_words(language):
    states = [
        *sorted(verify.REFUSED),
        "valid",
        "unknown_root",
        "expired",
        "not_yet",
        "not_for_signing",
    ]
    with translation.override(language):
        told = {verify.state_words(state) for state in states}
    assert len(told) == len(states)
    assert not told & set(states)
