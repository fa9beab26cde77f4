"""Recording signatures: in their order, with power, on a day that can be, and nothing half."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.agreements.actions.signatures import (
    SignatoryDetails,
    SigningDetails,
    record_signature,
    refuse_signature,
    set_signatory,
)
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Acceptance, Attachment, Document, DocumentVersion
from tests.agreements.making import a_party, an_agreement, officer, stranger
from tests.agreements.signing.pki import appended, identity, pdf, root, signed, trust
from tests.people import signed_in

pytestmark = pytest.mark.django_db
ROOT = root()
HEAD = identity("Wali Kota Uji", ROOT)


class Case:
    """A memorandum of two parties that both accept, kept by one officer."""

    def __init__(self) -> None:
        self.agreement = an_agreement()
        self.by = officer(self.agreement.organisation)
        self.first, self.second = a_party(self.agreement), a_party(self.agreement)
        self.document = Document.objects.create(
            agreement=self.agreement, kind="kb", title="Kesepakatan"
        )
        self.version = DocumentVersion.objects.create(
            document=self.document, number=1, text="Pasal 1"
        )
        for party in (self.first, self.second):
            Acceptance.objects.create(version=self.version, party=party, accepted=True)

    def signatory(self, party, **more):
        values = {"name": "Ibu Uji", **more}
        return set_signatory(
            self.by, self.agreement.pk, self.document.pk, party.pk, SignatoryDetails(**values)
        )

    def sign(self, party, means="paper", on=None, content=None):
        day = on or timezone.localdate()
        details = SigningDetails(means, day)
        return record_signature(
            self.by, self.agreement.pk, self.document.pk, party.pk, details, content, "a.pdf"
        )


@pytest.fixture
def case(settings, tmp_path):
    settings.SINERGI_FILES = tmp_path / "files"
    settings.SINERGI_TRUST = trust(tmp_path / "trust", ROOT)
    return Case()


def test_a_document_is_signed_when_all_have_signed(case):
    for party in (case.first, case.second):
        case.signatory(party)
        case.sign(party)
    case.document.refresh_from_db()
    assert (case.document.signed_version, case.document.dated) == (1, timezone.localdate())


def test_nobody_signs_before_his_turn(case):
    case.signatory(case.first, place=2)
    case.signatory(case.second, place=1)
    with pytest.raises(StateError, match=case.second.name):
        case.sign(case.first)
    case.sign(case.second)
    assert case.sign(case.first).state == "signed"


def test_nobody_signs_a_text_that_somebody_has_not_accepted(case):
    Acceptance.objects.filter(party=case.second).delete()
    case.signatory(case.first)
    with pytest.raises(StateError):
        case.sign(case.first)


def test_a_signer_without_power_is_told(case):
    case.first.representative = "Wali Kota, S.H."
    case.first.save()
    case.signatory(case.first)
    with pytest.raises(InvalidError) as refused:
        case.sign(case.first)
    assert "Wali Kota" in refused.value.fields["name"]


def test_a_power_of_attorney_is_recorded_with_number_day_and_file(case):
    case.signatory(case.first, by_power=True, power_number="7/2026")
    with pytest.raises(InvalidError):
        case.sign(case.first)


@pytest.mark.parametrize("days", [-400, 1], ids=["before the text", "to come"])
def test_days_that_cannot_be_are_refused(case, days):
    case.signatory(case.first)
    with pytest.raises(InvalidError) as refused:
        case.sign(case.first, on=timezone.localdate() + timedelta(days=days))
    assert list(refused.value.fields) == ["signed_on"]


def test_a_signed_pdf_is_kept_with_what_was_found_in_it(case):
    case.signatory(case.first)
    row = case.sign(case.first, "electronic", content=signed(pdf(), HEAD))
    assert row.checked["signatures"][0]["state"] == "valid"
    assert row.attachment.file.sha256 == row.checked["sha256"]


def test_the_same_upload_again_is_recorded_once(case):
    case.signatory(case.first)
    content = signed(pdf(), HEAD)
    once = case.sign(case.first, "electronic", content=content)
    again = case.sign(case.first, "electronic", content=content)
    assert once.pk == again.pk
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    "content", [None, pdf(), appended(signed(pdf(), HEAD))], ids=["none", "unsigned", "changed"]
)
def test_a_file_that_proves_nothing_records_nothing(case, content):
    case.signatory(case.first)
    with pytest.raises(InvalidError) as refused:
        case.sign(case.first, "electronic", content=content)
    assert list(refused.value.fields) == ["file"]
    assert not Attachment.objects.exists()


def test_a_fault_while_recording_leaves_what_was_before_and_again_succeeds(case, monkeypatch):
    case.signatory(case.first)
    content = signed(pdf(), HEAD)

    def killed(*_args, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sinergi.agreements.actions.signatures.tell", killed)
        with pytest.raises(KeyboardInterrupt):
            case.sign(case.first, "electronic", content=content)
    assert not Attachment.objects.exists()
    assert case.sign(case.first, "electronic", content=content).state == "signed"
    assert Attachment.objects.count() == 1


def test_who_does_not_act_for_the_party_may_not_sign_for_it(case):
    case.by = stranger()
    case.agreement.visibility = "public"
    case.agreement.save()
    with pytest.raises(ForbiddenError):
        case.sign(case.first)


def test_a_refusal_says_why(case):
    args = (case.by, case.agreement.pk, case.document.pk, case.first.pk)
    with pytest.raises(InvalidError):
        refuse_signature(*args, " ")
    assert refuse_signature(*args, "Belum ada anggaran").state == "refused"


def test_the_pages_lead_from_the_order_to_the_signature(case, client):
    signed_in(client, case.by.person if hasattr(case.by, "person") else _person(case))
    base = f"/kerja-sama/{case.agreement.pk}/dokumen/{case.document.pk}/tanda-tangan/"
    assert client.get(base).status_code == 200
    there = f"{base}{case.first.pk}/"
    told = {"place": "1", "name": "Ibu Uji", "revision": "0"}
    assert client.post(f"{there}penanda/", told).status_code == 302
    sent = {"means": "paper", "signed_on": timezone.localdate().isoformat()}
    assert client.post(f"{there}catat/", {**sent, "signed_on": "0000"}).status_code == 422
    assert client.post(f"{there}catat/", sent).status_code == 302
    assert b"Ibu Uji" in client.get(base).content


def _person(case):
    from sinergi.accounts.models import Person

    return Person.objects.get(pk=case.by.person_id)
