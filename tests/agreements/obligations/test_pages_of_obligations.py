"""Pages of obligations: who sees and writes what, a preview before it is saved, nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from sinergi.agreements.actions.obligations import details_of
from sinergi.agreements.forms.obligations import values_of
from sinergi.agreements.models import Due, Obligation
from tests.agreements.making import a_party, public, stranger
from tests.agreements.making_dues import Owing, owing, person_of
from tests.people import signed_in

pytestmark = pytest.mark.django_db
BEGINS, ENDS = date(2025, 1, 1), date(2027, 12, 31)
GROWING = {"every": "yearly", "month": "2", "day": "29", "base_year": "2025", "growth": "10"}
ONCE = {"every": "once", "on": "2028-05-01"}


@pytest.fixture
def scene() -> Owing:
    return owing(begins=BEGINS, ends=ENDS)


def url(scene: Owing, name: str, row: Obligation | None = None) -> str:
    numbers = [scene.agreement.pk, *([row.pk] if row is not None else [])]
    return reverse(f"agreements:{name}", args=numbers)


def typed(scene: Owing, **more: object) -> dict[str, object]:
    usual = {
        "kind": "money",
        "debtor": scene.debtor.pk,
        "creditor": scene.creditor.pk,
        "text": "Membayar iuran pengelolaan",
        "amount": "Rp 1.250.000",
        "every": "monthly",
        "day": "10",
    }
    return {name: one for name, one in {**usual, **more}.items() if one is not None}


def sent(client, by, address: str, **values: object):
    return signed_in(client, person_of(by)).post(address, values)


def opened(client, by, address: str, **query: object):
    return signed_in(client, person_of(by)).get(address, query)


def written(client, scene: Owing, **more: object) -> Obligation:
    answer = sent(client, scene.keeper, url(scene, "obligation-new"), **typed(scene, **more))
    assert answer.status_code == 302, answer.context["form"].errors
    return Obligation.objects.latest("pk")


def test_an_obligation_goes_from_the_form_to_its_page(client, scene: Owing) -> None:
    row = written(client, scene)
    assert (row.amount, row.dues.count()) == (Decimal(1_250_000), 36)
    page = opened(client, scene.pays, url(scene, "obligation", row))
    assert page.status_code == 200
    text = page.content.decode()
    assert text.count(reverse("agreements:due", args=[scene.agreement.pk, 1])[:-2]) == 36
    assert url(scene, "obligation-edit", row) not in text
    assert "Membayar iuran pengelolaan" in text
    assert url(scene, "obligation-edit", row) in (
        opened(client, scene.keeper, url(scene, "obligation", row)).content.decode()
    )


def test_a_form_that_is_sent_twice_is_written_once(client, scene: Owing) -> None:
    for _again in range(2):
        row = written(client, scene, once="token-satu")
    assert Obligation.objects.count() == 1
    written(client, scene, once="token-satu", text="Lain")
    assert Obligation.objects.exclude(pk=row.pk).get().text == "Lain"


def test_a_preview_shows_all_dates_and_saves_nothing(client, scene: Owing) -> None:
    answer = sent(
        client,
        scene.keeper,
        url(scene, "obligation-new"),
        **typed(scene, **GROWING, amount="100", preview="1"),
    )
    told = answer.context["told"]
    assert answer.status_code == 200
    assert [(str(one.on), one.amount) for one in told.dues] == [
        ("2025-02-28", 100), ("2026-02-28", 110), ("2027-02-28", 121),
    ]  # fmt: skip
    assert (told.total, told.leap) == (331, True)
    assert "Membayar iuran pengelolaan" in answer.content.decode()
    assert Obligation.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (ONCE, "on"),
        ({"every": "once", "on": "2024-12-31"}, "on"),
        ({"every": "once"}, "on"),
        ({"every": "once", "on": "2025-02-29"}, "on"),
        ({"every": "monthly", "day": "32"}, "day"),
        ({"every": "seasonal"}, "months"),
        ({"every": "seasonal", "months": "13"}, "months"),
        ({"every": "hourly"}, "every"),
        ({"growth": "5"}, "base_year"),
        ({"index": "2025: seratus"}, "index"),
        ({"index": "2025: 100"}, "base_year"),
        ({"rounding": "7"}, "rounding"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1,255"}, "amount"),
        ({"quantity": "0", "unit": "ton"}, "quantity"),
        ({"quantity": "5"}, "unit"),
        ({"debtor": "999999"}, "debtor"),
        ({"text": ""}, "text"),
        ({"per_unit": "on"}, "amount"),
    ],
)
@pytest.mark.parametrize(("preview", "language"), [(None, "id"), ("1", "en")])
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_lost(
    client, scene: Owing, wrong: dict[str, object], field: str, preview, language: str
) -> None:
    values = typed(scene, **{"account": "5.1.02", **wrong, "preview": preview})
    with translation.override(language):
        page = url(scene, "obligation-new")
    answer = sent(client, scene.keeper, page, **values)
    form = answer.context["form"]
    assert (answer.status_code, set(form.errors)) == (422, {field})
    text = answer.content.decode()
    assert 'value="5.1.02"' in text
    assert f'<html lang="{language}"' in text
    with translation.override(language):
        assert escape(form.errors[field][0]) in text
    assert Obligation.objects.count() == 0


def test_debtor_and_creditor_are_parties_of_this_agreement_and_not_the_same(client, scene) -> None:
    other = a_party(owing_elsewhere(scene))
    for wrong in ({"debtor": other.pk}, {"creditor": other.pk}, {"creditor": scene.debtor.pk}):
        answer = sent(client, scene.keeper, url(scene, "obligation-new"), **typed(scene, **wrong))
        assert (answer.status_code, set(answer.context["form"].errors)) == (422, set(wrong))


def owing_elsewhere(scene: Owing):
    from tests.agreements.making import an_agreement

    return an_agreement(scene.agreement.organisation)


def test_words_alone_are_kept_and_marked(client, scene: Owing) -> None:
    row = written(
        client, scene, kind="other", creditor="", amount=None, every="", text="Saling menghormati"
    )
    page = opened(client, scene.receives, url(scene, "obligations"))
    assert page.context["words_only"] == 1
    assert opened(client, scene.receives, url(scene, "obligation", row)).context["told"].words_only


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"every": "once", "on": "2026-05-01", "account": "5.1.02.02", "clause": "pasal-4"},
        {"every": "quarterly", "day": "31", "when": "after", "partial": "full", "rounding": "100"},
        {"every": "seasonal", "months": ["3", "9"], "day": "5", "quantity": "12,5", "unit": "ton"},
        {**GROWING, "growth": "2,5"},
        {"every": "yearly", "index": "2025: 103,5\n2026: 105", "base_year": "2025"},
        {"every": "semester", "spread": "on", "first": "2025-03-01", "last": "2026-03-31"},
        {"every": "monthly", "per_unit": "on", "amount": None, "unit": "ton"},
    ],
)
def test_a_form_that_is_opened_and_saved_changes_nothing(client, scene: Owing, more) -> None:
    row = written(client, scene, **more)
    before = list(Due.objects.filter(obligation=row).values())
    page = opened(client, scene.keeper, url(scene, "obligation-edit", row))
    form, values = page.context["form"], {}
    for bound in form:
        value = bound.value()
        shown = bound.field.prepare_value(value)
        shown = bound.field.widget.format_value(shown) if shown is not None else ""
        if bound.name in ("spread", "per_unit"):
            values |= {bound.name: "on"} if value else {}
        else:
            values[bound.name] = shown if shown is not None else ""
    answer = sent(client, scene.keeper, url(scene, "obligation-edit", row), **values)
    assert answer.status_code == 302, answer.context["form"].errors
    row.refresh_from_db()
    assert row.revision == 1
    assert list(Due.objects.filter(obligation=row).values()) == before


def test_two_writers_meet_and_the_second_keeps_what_was_typed(client, scene: Owing) -> None:
    row = written(client, scene)
    page = url(scene, "obligation-edit", row)
    assert (
        sent(client, scene.keeper, page, **typed(scene, text="Satu", revision=1)).status_code == 302
    )
    answer = sent(client, scene.keeper, page, **typed(scene, text="Dua", revision=1))
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Dua" in text
    assert "Satu" in text
    row.refresh_from_db()
    assert row.text == "Satu"
    row = written(client, scene)
    answer = sent(
        client,
        scene.keeper,
        url(scene, "obligation-edit", row),
        **typed(scene, preview="1", day="20"),
    )
    assert answer.context["told"].dues[0].on == date(2025, 1, 20)
    assert details_of(row).schedule.day == 10
    assert values_of(details_of(row))["every"] == "monthly"


def test_it_is_taken_out_once_and_only_while_nothing_was_done(client, scene: Owing) -> None:
    row, done = written(client, scene), written(client, scene)
    done.dues.filter(on=date(2025, 1, 10)).update(state="fulfilled")
    assert url(scene, "obligation-remove", done) not in (
        opened(client, scene.keeper, url(scene, "obligation", done)).content.decode()
    )
    for one, gone in ((row, True), (done, False)):
        answer = sent(client, scene.keeper, url(scene, "obligation-remove", one), revision=1)
        assert answer["Location"] == (
            url(scene, "obligations") if gone else url(scene, "obligation", one)
        )
        page = opened(client, scene.keeper, url(scene, "obligation", one))
        assert page.status_code == (404 if gone else 200)
    assert (
        sent(client, scene.keeper, url(scene, "obligation-remove", row), revision=2).status_code
        == 404
    )


def test_the_list_is_by_debtor_and_by_party(client, scene: Owing) -> None:
    third = a_party(scene.agreement, "Kabupaten Banjar")
    first = written(client, scene)
    written(
        client,
        scene,
        debtor=third.pk,
        creditor="",
        text="Melapor",
        amount=None,
        every="once",
        on="2026-01-31",
    )
    page = opened(client, scene.receives, url(scene, "obligations"))
    assert [party.name for party, _rows in page.context["groups"]] == [
        "Kota Banjarmasin",
        "Kabupaten Banjar",
    ]
    some = opened(client, scene.receives, url(scene, "obligations"), pihak=scene.creditor.pk)
    ((party, (only,)),) = some.context["groups"]
    assert (party, only.row) == (scene.debtor, first)
    for nonsense in ("99999999", "abc", "²"):
        assert (
            opened(client, scene.pays, url(scene, "obligations"), pihak=nonsense).status_code == 200
        )


def test_strangers_see_them_where_the_agreement_is_public_and_never_write(client, scene) -> None:
    row, by = written(client, scene), stranger()
    for name, there in (("obligations", None), ("obligation", row)):
        assert opened(client, by, url(scene, name, there)).status_code == 404
    public(scene.agreement)
    for name, there in (("obligations", None), ("obligation", row)):
        assert opened(client, by, url(scene, name, there)).status_code == 200
    for who in (by, scene.pays, scene.receives):
        assert sent(client, who, url(scene, "obligation-new"), **typed(scene)).status_code == 403
        assert opened(client, who, url(scene, "obligation-edit", row)).status_code == 403
        assert (
            sent(client, who, url(scene, "obligation-remove", row), revision=1).status_code == 403
        )
    row.refresh_from_db()
    assert (row.revision, row.removed_at) == (1, None)
