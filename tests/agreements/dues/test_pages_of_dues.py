"""Pages of what falls due and of what is late: who sees which button, and nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from sinergi.agreements.models import Due
from tests.agreements.making import a_party, officer, public, stranger
from tests.agreements.making_dues import Owing, a_due, a_file, owing, person_of
from tests.people import organisation, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Owing:
    return owing()


def url(name: str, row: Due) -> str:
    return reverse(f"agreements:{name}", args=[row.obligation.agreement_id, row.pk])


def opened(client, by, address: str, **query: object):
    return signed_in(client, person_of(by)).get(address, query)


def sent(client, by, address: str, **values: object):
    return signed_in(client, person_of(by)).post(address, values)


def paid(**more: object) -> dict[str, object]:
    day = timezone.localdate().isoformat()
    return {"state": "fulfilled", "done_on": day, "amount": "1.000.000", "revision": 1, **more}


def offered(page) -> set[str]:
    return {name for name, may in page.context["may"].items() if may}


def test_each_side_is_offered_what_it_may_say(client, scene: Owing) -> None:
    row = scene.due()
    page = url("due", row)
    assert offered(opened(client, scene.pays, page)) == {"fulfil"}
    assert offered(opened(client, scene.receives, page)) == {"waive"}
    assert offered(opened(client, scene.keeper, page)) == {"fulfil"}
    third = organisation("kota-tanah-laut")
    a_party(scene.agreement, "Tanah Laut", organisation=third)
    assert offered(opened(client, officer(third), page)) == set()
    assert opened(client, stranger(), page).status_code == 404
    public(scene.agreement)
    assert offered(opened(client, stranger(), page)) == set()
    sent(client, scene.pays, url("due-fulfil", row), **paid())
    assert offered(opened(client, scene.receives, page)) == {"confirm"}
    assert offered(opened(client, scene.pays, page)) == {"undo"}


def test_a_fulfilment_goes_from_the_form_to_the_confirmation(client, scene: Owing) -> None:
    row, file = scene.due(), a_file(scene.agreement, "Bukti setor bank")
    answer = sent(client, scene.pays, url("due-fulfil", row), **paid(evidence=file.pk))
    assert answer.status_code == 302
    assert answer["Location"] == url("due", row)
    answer = sent(client, scene.receives, url("due-confirm", row), revision=2)
    assert answer.status_code == 302
    page = opened(client, scene.receives, url("due", row)).content.decode()
    assert "Bukti setor bank" in page
    assert "Kota Banjarbaru" in page
    row.refresh_from_db()
    assert row.confirmed_by == scene.creditor


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("due-fulfil", "receives"), ("due-waive", "pays"), ("due-waive", "keeper"),
        ("due-confirm", "pays"), ("due-undo", "receives"),
    ],
)  # fmt: skip
def test_who_may_not_is_refused(client, scene: Owing, name: str, who: str) -> None:
    row = scene.due()
    row.state, row.done_on = ("fulfilled", row.on) if "fulfil" not in name else ("open", None)
    row.save()
    answer = sent(client, getattr(scene, who), url(name, row), **paid(why="x"))
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"done_on": "2999-01-01"}, "done_on"),
        ({"done_on": "2021-12-31"}, "done_on"),
        ({"done_on": "31-31-2025"}, "done_on"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1.000.001"}, "amount"),
        ({"amount": "satu juta"}, "amount"),
        ({"amount": ""}, None),
        ({"state": "waived"}, "state"),
        ({"evidence": "999999"}, "evidence"),
        ({"state": "partly", "amount": ""}, "amount"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_refused_form_keeps_what_was_typed(client, scene: Owing, more, field, language) -> None:
    row = scene.due()
    a_file(scene.agreement)
    values = paid(**{"note": "" if field in ("done_on", "amount") else "Catatan penting", **more})
    signed_in(client, person_of(scene.pays))
    with translation.override(language):
        address = url("due-fulfil", row)
    answer = client.post(address, values)
    if field is None:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    form = answer.context["form"]
    assert f'<html lang="{language}"' in answer.content.decode()
    assert list(form.errors) == [field]
    for name in ("done_on", "amount", "note"):
        assert form[name].value() == values[name]
    assert Due.objects.get(pk=row.pk).state == "open"


def test_a_file_of_another_agreement_is_no_evidence(client, scene: Owing) -> None:
    row = scene.due()
    other = a_file(owing(title="Lain").agreement)
    answer = sent(client, scene.pays, url("due-fulfil", row), **paid(evidence=other.pk))
    assert answer.status_code == 422
    assert "evidence" in answer.context["form"].errors


def test_a_form_sent_twice_is_recorded_once_and_an_old_one_is_told(client, scene: Owing) -> None:
    row = scene.due()
    for _time in range(2):
        assert sent(client, scene.pays, url("due-fulfil", row), **paid()).status_code == 302
    assert Due.objects.get(pk=row.pk).revision == 2
    late = sent(
        client, scene.keeper, url("due-fulfil", row), **paid(amount="900.000", state="partly")
    )
    assert late.status_code == 409
    assert late.context["form"]["amount"].value() == "900.000"


def test_a_closed_due_has_no_form(client, scene: Owing) -> None:
    row = scene.due()
    sent(client, scene.pays, url("due-fulfil", row), **paid())
    assert opened(client, scene.pays, url("due-fulfil", row)).status_code == 422


def test_waiving_needs_a_reason_and_is_taken_back_once(client, scene: Owing) -> None:
    row = scene.due()
    empty = sent(client, scene.receives, url("due-waive", row), why=" ", revision=1)
    assert empty.status_code == 422
    assert "why" in empty.context["form"].errors
    told = sent(client, scene.receives, url("due-waive", row), why="Bencana", revision=1)
    assert told.status_code == 302
    assert "Bencana" in opened(client, scene.pays, url("due", row)).content.decode()
    for _time in range(2):
        answer = sent(client, scene.receives, url("due-undo", row), revision=2)
        assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.revision) == ("open", 3)


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_late_is_shown_to_who_may_read_it(client, scene: Owing, language: str) -> None:
    late, _today, _coming = scene.due(-10), scene.due(0), scene.due(5)
    done = scene.due(-20)
    done.state = "fulfilled"
    done.save()
    signed_in(client, person_of(scene.pays))
    with translation.override(language):
        page = client.get(reverse("agreements:late"))
    assert [one.due for one in page.context["lines"]] == [late]
    with translation.override(language):
        told = translation.ngettext("%(n)s day late", "%(n)s days late", 10) % {"n": 10}
    assert told in page.content.decode()
    assert page.context["tally"].rupiah == 1_000_000
    assert not opened(client, stranger(), reverse("agreements:late")).context["lines"]


@pytest.mark.parametrize(
    ("who", "whose", "found"),
    [
        ("pays", "saya", 1), ("pays", "kepada", 0), ("receives", "saya", 0),
        ("receives", "kepada", 1), ("keeper", "saya", 0), ("keeper", "", 1),
        ("pays", "apa%00saja", 1),
    ],
)  # fmt: skip
def test_what_is_late_is_narrowed_to_ones_own_side(client, scene: Owing, who, whose, found) -> None:
    scene.due(-1)
    page = opened(client, getattr(scene, who), reverse("agreements:late"), milik=whose)
    assert len(page.context["lines"]) == found


def test_parties_without_people_are_those_of_the_keeper(client, scene: Owing) -> None:
    outside = a_party(scene.agreement, "Asosiasi")
    a_due(scene.obligation(debtor=outside), -3, 5)
    page = opened(client, scene.keeper, reverse("agreements:late"), milik="saya")
    assert [one.due.obligation.debtor for one in page.context["lines"]] == [outside]
    assert not opened(client, scene.pays, reverse("agreements:late"), milik="saya").context["lines"]


def test_what_is_late_is_narrowed_to_an_agreement_and_turned_in_pages(
    client, scene: Owing, django_assert_max_num_queries
) -> None:
    obligation = scene.obligation()
    for day in range(60):
        a_due(obligation, -60 + day, 1_000)
    other = owing(title="Lain")
    other.due(-500)
    address = reverse("agreements:late")
    signed_in(client, person_of(scene.pays))
    asked = {"perjanjian": scene.agreement.pk}
    with django_assert_max_num_queries(14):
        page = client.get(address, asked)
    assert len(page.context["lines"]) == 50
    assert page.context["tally"].dues == 60
    rest = client.get(address, {**asked, "halaman": 2})
    assert len(rest.context["lines"]) == 10
    every = client.get(address, {"perjanjian": "x"})
    assert every.context["tally"].agreements == 2
    assert every.context["lines"][0].due.obligation.agreement == other.agreement
    for wrong in ("999999999", "9" * 30, "-1", "٣"):
        assert client.get(address, {"perjanjian": wrong}).status_code == 200


def test_refused_agreements_owe_nothing_and_obligations_taken_out_neither(client, scene) -> None:
    scene.due(-3, removed_at=timezone.now())
    other = owing(title="Lain", state="withdrawn", ended_on=timezone.localdate())
    other.due(-5)
    page = opened(client, scene.pays, reverse("agreements:late"))
    assert not page.context["lines"]


def test_the_overview_tells_what_is_next_and_who_is_late(client, scene: Owing) -> None:
    obligation = scene.obligation()
    for days in (-40, -10, 3, 5, 7, 9):
        a_due(obligation, days, 250)
    page = opened(client, scene.keeper, scene.agreement.get_absolute_url())
    told = dict(page.context["panels"])["agreements/obligations_panel.html"]
    assert told["late"] == [("Kota Banjarmasin", 2)]
    assert [(one.due.on - timezone.localdate()).days for one in told["next"]] == [3, 5, 7]
    assert f"{reverse('agreements:late')}?perjanjian={scene.agreement.pk}" in page.content.decode()


def test_the_calendar_leads_to_what_falls_due_with_its_state_and_has_pages(client, scene) -> None:
    first = timezone.localdate().replace(day=1)
    days = (first - timezone.localdate()).days
    done = scene.due(days)
    done.state, done.done_on = "fulfilled", first
    done.save()
    for _number in range(104):
        scene.due(days + 1)
    address = reverse("agreements:calendar")
    page = opened(client, scene.pays, address, milik="1", jenis="due")
    text = page.content.decode()
    assert url("due", done) in text
    assert page.context["rows"][0][2].state == "fulfilled"
    assert len(page.context["rows"]) == 100
    rest = opened(client, scene.pays, address, milik="1", jenis="due", halaman=2)
    assert len(rest.context["rows"]) == 5
    mixed = opened(client, scene.pays, address, halaman=2)
    assert len(mixed.context["rows"]) == 5
    file = opened(client, scene.pays, reverse("agreements:calendar-file")).content.decode()
    assert file.count("BEGIN:VEVENT") == 105
    assert url("due", done) in file.replace("\r\n ", "")


def test_what_is_due_of_another_agreement_has_no_page(client, scene: Owing) -> None:
    other = owing(title="Lain").due()
    for name in ("due", "due-fulfil", "due-waive"):
        address = reverse(f"agreements:{name}", args=[scene.agreement.pk, other.pk])
        assert opened(client, scene.keeper, address).status_code == 404
