"""Taking back what was recorded wrongly: it waits again, the trail keeps both, and what rests on it stays."""

import json

import pytest
from django.utils import timezone

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError
from sinergi.accounts.models import AuditRecord
from sinergi.agreements.actions.signature_undo import undo_signature
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Attachment
from sinergi.agreements.signing.order import signing_stage
from sinergi.reference import queries as reference
from tests.agreements.making import officer, stranger
from tests.agreements.signing.pki import pdf
from tests.agreements.signing.test_signatures import Case, _person
from tests.people import signed_in

pytestmark = pytest.mark.django_db
STAGES = reference.agreement_stages("KSDD")


@pytest.fixture
def case(settings, tmp_path):
    settings.SINERGI_FILES = tmp_path / "files"
    made = Case()
    at = signing_stage(STAGES, "kb")
    made.agreement.stage = at
    made.agreement.save()
    made.agreement.parties.update(stage=at)
    for party in (made.first, made.second):
        made.signatory(party)
    return made


def undo(case, party, reason="Salah unggah", by=None, **more):
    args = (case.agreement.pk, case.document.pk, party.pk, reason)
    return undo_signature(by or case.by, *args, **more)


def test_a_signature_is_taken_back_and_the_trail_keeps_it(case):
    case.sign(case.first, content=pdf())
    case.sign(case.second)
    row = undo(case, case.first)
    case.document.refresh_from_db()
    assert (row.state, row.attachment, row.signed_on, row.name) == (
        "waiting",
        None,
        None,
        "Ibu Uji",
    )
    assert (case.document.signed_version, case.document.dated) == (None, None)
    record = AuditRecord.objects.filter(part=f"signature:{row.pk}").latest("sequence")
    before, after = json.loads(record.before), json.loads(record.after)
    assert (before["state"], after["state"], record.reason) == ("signed", "waiting", "Salah unggah")
    assert before["sha256"]
    assert Attachment.objects.filter(removed_at=None).count() == 1


def test_it_is_signed_again_after_it_was_taken_back(case):
    case.sign(case.first)
    case.sign(case.second)
    undo(case, case.first)
    case.sign(case.first, content=pdf())
    case.document.refresh_from_db()
    assert case.document.signed_version == 1
    assert case.document.dated == timezone.localdate()


def test_nothing_is_taken_back_once_the_agreement_went_on(case):
    row = case.sign(case.first)
    case.agreement.stage = STAGES[-1].code
    case.agreement.save()
    with pytest.raises(StateError):
        undo(case, case.first)
    row.refresh_from_db()
    assert row.state == "signed"


def test_a_party_that_went_on_alone_stands_where_it_is_signed_again(case):
    case.sign(case.first)
    at = signing_stage(STAGES, "kb")
    following = STAGES[[one.code for one in STAGES].index(at) + 1].code
    case.first.stage = following
    case.first.save()
    undo(case, case.first)
    case.first.refresh_from_db()
    assert case.first.stage == at


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"reason": "  "}, InvalidError),
        ({"revision": 99}, ConflictError),
        ({"by": "stranger"}, ForbiddenError),
    ],
    ids=["no reason", "not what was seen", "not his"],
)
def test_it_is_refused_and_stays(case, how, error):
    row = case.sign(case.first)
    case.agreement.visibility = "public"
    case.agreement.save()
    with pytest.raises(error):
        undo(case, case.first, **{**how, **({"by": stranger()} if "by" in how else {})})
    row.refresh_from_db()
    assert row.state == "signed"


def test_what_is_not_recorded_is_not_taken_back(case):
    with pytest.raises(StateError):
        undo(case, case.first)
    assert undo(case, _refused(case)).state == "waiting"


def _refused(case):
    from sinergi.agreements.actions.signatures import refuse_signature

    args = (case.by, case.agreement.pk, case.document.pk, case.second.pk)
    refuse_signature(*args, "Belum ada anggaran")
    return case.second


def test_who_keeps_the_agreement_takes_back_for_a_party(case):
    case.sign(case.first)
    other = officer(case.agreement.organisation)
    assert undo(case, case.first, by=other).state == "waiting"


def test_the_page_offers_it_and_says_what_was_done(case, client):
    row = case.sign(case.first)
    signed_in(client, _person(case))
    base = f"/kerja-sama/{case.agreement.pk}/dokumen/{case.document.pk}/tanda-tangan/"
    there = f"{base}{case.first.pk}/batalkan/"
    assert there in client.get(base).content.decode()
    stale = client.post(there, {"mengapa": "Salah", "revision": row.revision - 1})
    assert stale.status_code == 302
    row.refresh_from_db()
    assert row.state == "signed"
    client.post(there, {"mengapa": "Salah", "revision": row.revision})
    row.refresh_from_db()
    assert row.state == "waiting"
    assert there not in client.get(base).content.decode()
