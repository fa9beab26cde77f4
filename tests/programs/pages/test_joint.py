"""Joint objects and transfers: shares that add up, payers without a line, and who may see what."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.programs.actions.money import (
    change_joint,
    change_transfer,
    make_joint,
    put_money_away,
    record_transfer,
    restore_money,
)
from sinergi.programs.exports.joint import export_joint
from sinergi.programs.joint import (
    JointDetails,
    ShareDetails,
    TransferDetails,
    dues,
    joint_faults,
    transfer_faults,
)
from sinergi.programs.models import JointObject, Transfer
from sinergi.programs.queries.joint import Standing, details_of, joints, plan_of_line, shares_seen
from sinergi.reference.rupiah import rupiah
from tests.people import organisation, person, signed_in
from tests.programs.making import a_line, a_plan, a_version, office, planner, stranger

BILL = Decimal(6_524_375_000)
QUOTAS = {"63.71": 105, "63.72": 90, "63.03": 60, "63.04": 10, "63.01": 10}
"""Operating quotas of the landfill of Banjarbakula in tons a day; Rp 65,000 a ton, 365 days."""


def share(code, parts=None, **more):
    return ShareDetails(code, parts=None if parts is None else Decimal(parts), **more)


def landfill(*shares, **more):
    return JointDetails(
        "TPA Banjarbakula", 2022, total=BILL, measure="ton/hari", shares=tuple(shares), **more
    )


def payers(identities):
    return [share(code, quota, identity=identities.get(code)) for code, quota in QUOTAS.items()]


def its_plan(region, *titles, **more):
    """A current plan of a payer for 2022 with lines."""
    version = a_version(a_plan(region_code=region, first_year=2022, last_year=2022, **more))
    for title in titles:
        a_line(version, title, amounts={2022: 1_000})


@pytest.fixture
def banjarbakula(db):
    """Five payers, of which Kabupaten Banjar has no budget line, and the province holds it."""
    identities = {}
    for code in QUOTAS:
        if code != "63.03":
            plan = a_plan(region_code=code, first_year=2022, last_year=2022)
            line = a_line(a_version(plan), "Kompensasi TPA", amounts={2022: 2_500_000_000})
            identities[code] = line.identity
    its_plan("63.03", "Pembangunan jalan desa")
    holder = share("63", pays=False, holds=True)
    details = landfill(*payers(identities), holder, object_code="TPA_REGIONAL")
    return make_joint(planner(), office(), details)


def standings(row, by=None):
    return {one.share.region_code: one.standing for one in shares_seen(by or planner(), row)}


def test_one_of_five_has_no_budget_line(banjarbakula):
    """Klikkalsel, 28 January 2022: one of five members (Kabupaten Banjar) had no budget line."""
    told = standings(banjarbakula)
    assert told["63.03"] is Standing.NO_LINE
    assert told["63"] is Standing.HOLDS
    assert [told[code] for code in QUOTAS if code != "63.03"] == [Standing.ENOUGH] * 4


def test_the_shares_are_the_bill(banjarbakula):
    owed = {one.share.region_code: one.due for one in shares_seen(planner(), banjarbakula)}
    assert sum(owed.values()) == BILL
    assert owed["63.71"] == Decimal(2_491_125_000)
    assert owed["63"] == 0


def test_the_page_names_who_has_no_line(client, banjarbakula):
    client = signed_in(client, person("Ani", ("analyst", office())))
    page = client.get(f"/en/objek-bersama/{banjarbakula.pk}/").content.decode()
    assert "1 payer has no budget line in its plan: Kabupaten Banjar." in page
    assert "Rp 6,524,375,000" in page
    assert "1 payer without a linked line" in client.get("/en/objek-bersama/").content.decode()


def test_the_table_leaves_as_a_file(client, banjarbakula):
    client = signed_in(client, person("Ani", ("analyst", office())))
    content = client.get(f"/en/objek-bersama/{banjarbakula.pk}.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert sum(Decimal(row["Share (Rp)"]) for row in rows[:-1] if row["Share (Rp)"]) == BILL
    assert rows[2]["Standing"] == "no budget line in its plan"
    assert client.get(f"/objek-bersama/{banjarbakula.pk}.xlsx").content[:2] == b"PK"


def test_a_line_that_has_less_says_so(db):
    line = a_line(a_version(a_plan(first_year=2022)), amounts={2022: 10})
    row = make_joint(planner(), office(), landfill(share("32.04", 1, identity=line.identity)))
    assert standings(row) == {"32.04": Standing.LESS}


def test_a_line_that_is_no_longer_current_says_so(db):
    version = a_version(a_plan(first_year=2022))
    line = a_line(version, amounts={2022: BILL})
    row = make_joint(planner(), office(), landfill(share("32.04", 1, identity=line.identity)))
    version.state = "superseded"
    version.save()
    assert standings(row) == {"32.04": Standing.NOT_CURRENT}


def test_a_line_of_another_organisation_is_not_shown(db):
    theirs = a_plan(organisation("provinsi"), first_year=2022)
    line = a_line(a_version(theirs), "Rahasia", amounts={2022: BILL})
    row = make_joint(planner(), office(), landfill(share("32.04", 1, identity=line.identity)))
    seen = shares_seen(planner(), row)[0]
    assert (seen.standing, seen.line, seen.planned) == (Standing.UNSEEN, None, None)


def test_others_see_neither_page_nor_file(client, banjarbakula):
    for address in ("/", "/ubah/", ".csv"):
        path = f"/objek-bersama/{banjarbakula.pk}{address}"
        assert client.get(path).status_code in (302, 404), path
    assert not joints(stranger()).exists()
    with pytest.raises(UnseenError):
        change_joint(stranger(), banjarbakula.pk, landfill())


def test_viewers_do_not_change_it(banjarbakula):
    with pytest.raises(ForbiddenError):
        change_joint(planner(role="viewer"), banjarbakula.pk, landfill())


def test_a_change_is_in_the_history_and_a_change_of_nothing_is_not(banjarbakula):
    same = change_joint(planner(), banjarbakula.pk, details_of(banjarbakula))
    assert same.revision == 1
    change_joint(planner(), banjarbakula.pk, landfill(share("63.71", 1)), revision=1)
    record = AuditRecord.objects.filter(kind="joint_object").latest("sequence")
    assert "63.71 pays" in record.after
    with pytest.raises(ConflictError):
        change_joint(planner(), banjarbakula.pk, landfill(share("63.72", 1)), revision=1)


@pytest.mark.parametrize("model", [JointObject, Transfer])
def test_what_is_put_away_comes_back(db, model):
    by = planner(role="analyst")
    details = TransferDetails("32", "32.04", 2027, Decimal(5))
    made = (
        make_joint(by, office(), landfill(share("63.71", 1)))
        if model is JointObject
        else record_transfer(by, office(), details)
    )
    manager = planner(role="approver")
    put_money_away(manager, model, made.pk)
    assert not model.objects.filter(deleted_at=None).exists()
    restore_money(manager, model, made.pk)
    assert model.objects.filter(deleted_at=None).exists()


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (JointDetails("", 2022), "title"),
        (JointDetails("x", 1900), "year"),
        (JointDetails("x", 2022, object_code="Q"), "object_code"),
        (JointDetails("x", 2022, region_code="Q"), "region_code"),
        (JointDetails("x", 2022, total=Decimal(-1)), "total"),
        (JointDetails("x", 2022, shares=(share("63.71", 1),)), "total"),
        (landfill(share("Q", 1)), "shares.0"),
        (landfill(share("63.71", 1), share("63.71", 1)), "shares.1"),
        (landfill(share("63.71", pays=False)), "shares.0"),
        (landfill(share("63.71", 1, amount=Decimal(1))), "shares.0"),
        (landfill(share("63.71", 0)), "shares.0"),
        (landfill(share("63.71", amount=Decimal(-1)), share("63.72", 1)), "shares.0"),
        (landfill(share("63.71")), "shares.0"),
        (landfill(share("63.71", 1, pays=False, holds=True)), "shares.0"),
        (landfill(share("63.71", amount=BILL + 1)), "total"),
        (landfill(share("63.71", amount=BILL - 1)), "total"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_is_told_at_its_field(details, field):
    assert field in joint_faults(details)


def test_too_many_governments_are_refused():
    many = tuple(share("63.71", 1) for _ in range(61))
    assert "shares" in joint_faults(JointDetails("x", 2022, total=BILL, shares=many))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"giver": "Q"}, "giver"),
        ({"receiver": "32"}, "receiver"),
        ({"amount": Decimal(0)}, "amount"),
        ({"channel": "Q"}, "channel"),
        ({"year": 1}, "year"),
        ({"source": "x" * 301}, "source"),
    ],
    ids=["giver", "receiver", "amount", "channel", "year", "source"],
)
def test_a_transfer_that_cannot_be_is_told_at_its_field(changes, field):
    usual = {"giver": "32", "receiver": "32.04", "year": 2027, "amount": Decimal(5)}
    assert list(transfer_faults(TransferDetails(**{**usual, **changes}))) == [field]


@given(
    st.integers(0, 10**15).map(rupiah),
    st.lists(st.integers(1, 1000), min_size=1, max_size=12),
)
def test_shares_by_parts_add_up_to_the_cost(total, parts):
    owed = dues(total, [share("63.71", one) for one in parts])
    assert sum(owed) == total


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.lists(st.integers(1, 9), min_size=1))
def test_fixed_amounts_come_first(fixed, rest, parts):
    shares = [share("63", amount=Decimal(fixed)), *(share("63.71", one) for one in parts)]
    owed = dues(Decimal(fixed + rest), shares)
    assert owed[0] == fixed
    assert sum(owed[1:]) == rest
    assert all(one == one.to_integral_value() for one in owed)


def test_a_transfer_is_changed_with_history(db):
    made = record_transfer(planner(), office(), TransferDetails("32", "32.04", 2027, Decimal(5)))
    changed = TransferDetails("32", "32.04", 2027, Decimal(7))
    assert change_transfer(planner(), made.pk, changed, revision=1).revision == 2
    assert change_transfer(planner(), made.pk, changed).revision == 2
    with pytest.raises(InvalidError):
        change_transfer(planner(), made.pk, TransferDetails("32", "32", 2027, Decimal(7)))


def test_a_writer_who_may_not_read_a_line_keeps_the_plan_of_it(banjarbakula):
    """Lines of a joint object are found by their plan: without it they would be duplicates again."""
    theirs = a_plan(organisation("kota-lain"), region_code="63.71", first_year=2022)
    line = a_line(a_version(theirs), amounts={2022: 1})
    banjarbakula.shares.filter(region_code="63.71").update(plan=theirs, identity=line.identity)
    there = details_of(banjarbakula)
    before = dict(banjarbakula.shares.values_list("region_code", "plan"))
    by = planner()
    assert plan_of_line(by, line.identity) is None
    change_joint(by, banjarbakula.pk, replace(there, note="Salah ketik dibetulkan"))
    assert dict(banjarbakula.shares.values_list("region_code", "plan")) == before
    moved = [
        replace(one, identity=None) if one.identity == line.identity else one
        for one in there.shares
    ]
    change_joint(by, banjarbakula.pk, replace(there, shares=tuple(moved)))
    assert banjarbakula.shares.get(region_code="63.71").plan is None


@pytest.mark.parametrize("parts", ["99999999999999999999999", "0.00001", "NaN", "Infinity", "-1"])
def test_a_part_that_no_column_holds_is_told_at_its_row(parts):
    faults = joint_faults(landfill(share("63.71", 5), share("63.72", parts)))
    assert set(faults) == {"shares.1"}


@pytest.mark.parametrize("amount", ["1e16", "0.001", "NaN", "1e30"])
def test_an_amount_that_no_column_holds_is_told_at_its_field(amount):
    assert set(transfer_faults(TransferDetails("63", "63.71", 2022, Decimal(amount)))) == {"amount"}
    told = JointDetails("TPA", 2022, shares=(share("63.71", amount=Decimal(amount)),))
    assert set(joint_faults(told)) == {"shares.0"}
    assert "total" in joint_faults(JointDetails("TPA", 2022, total=Decimal(amount)))


def test_a_private_plan_that_leaves_in_a_public_file_is_recorded_on_the_plan(banjarbakula):
    by, made = planner(), None
    version = a_version(a_plan(region_code="63.71", first_year=2022, last_year=2022))
    line = a_line(version, "TPA", amounts={2022: BILL})
    details = JointDetails(
        "TPA", 2022, shares=(share("63.71", amount=BILL, identity=line.identity),)
    )
    made = make_joint(by, office(), details)
    made.visibility = "public"
    made.save()
    export_joint(by, made, shares_seen(by, made), "csv")
    told = AuditRecord.objects.filter(verb="exported")
    assert [(one.kind, one.object_id) for one in told] == [("plan", str(version.plan_id))]


def test_lists_of_joint_objects_and_transfers_are_paged_with_a_constant_number_of_queries(
    client, db, django_assert_max_num_queries
):
    by, writer = planner(), signed_in(client, person("Ani", ("analyst", office())))
    for number in range(55):
        shares = (share("63.71", amount=BILL),)
        make_joint(by, office(), JointDetails(f"TPA {number}", 2022, shares=shares))
        record_transfer(by, office(), TransferDetails("63", "63.71", 2022, Decimal(number + 1)))
    for address in ("/objek-bersama/", "/aliran-dana/transfer/"):
        with django_assert_max_num_queries(30):
            page = writer.get(address).content.decode()
        assert page.count("<tr>") == 51
        assert "halaman=2" in page
