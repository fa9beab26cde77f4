"""Organisations are made, changed, put away and joined only as the rules say, and each deed is recorded."""

import pytest

from sinergi.accounts.actions import organisations as actions
from sinergi.accounts.audit.history import history
from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import Affiliation, Organisation
from sinergi.accounts.organisation_rules import OrganisationDetails, code_for
from sinergi.accounts.principal import operator, visitor
from tests.people import asks, organisation, person

pytestmark = pytest.mark.django_db
Kind = Organisation.Kind
GOVERNMENT = OrganisationDetails("Pemerintah Kota Palangka Raya", "government", "62.71")


def government():
    return actions.create_organisation(operator(), GOVERNMENT)


def association(name="Asosiasi Sungai"):
    return actions.create_organisation(operator(), OrganisationDetails(name, "association"))


def verbs(row):
    return [deed.verb for deed in history("organisation", row.pk)]


def test_a_government_gets_its_code_from_its_name_and_a_record():
    made = government()
    assert made.code == "kota-palangka-raya"
    assert made.region_code == "62.71"
    assert verbs(made) == ["created"]
    assert history("organisation", made.pk)[0].after["region_code"] == "62.71"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Pemerintah Kabupaten Kotabaru", "kab-kotabaru"),
        ("Pemerintah Provinsi Kalimantan Selatan", "prov-kalimantan-selatan"),
        ("Pemerintah Aceh", "pemerintah-aceh"),
        ("Bappeda Kota Palangka Raya", "bappeda-kota-palangka-raya"),
        ("APEKSI – Asosiasi", "apeksi-asosiasi"),
        ("東京", ""),
    ],
)
def test_codes_follow_names(name, code):
    assert code_for(name) == code


def test_an_agency_works_for_the_region_of_its_government():
    government()
    details = OrganisationDetails("Bappeda Palangka Raya", "agency", "", "kota-palangka-raya")
    made = actions.create_organisation(operator(), details)
    assert (made.region_code, made.parent.code) == ("62.71", "kota-palangka-raya")


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (("", "ministry"), "name"),
        (("X", "workspace"), "kind"),
        (("X", "kingdom"), "kind"),
        (("X", "government"), "region_code"),
        (("X", "government", "99.99"), "region_code"),
        (("X", "government", "ID"), "region_code"),
        (("X", "ministry", "62.71"), "region_code"),
        (("X", "government", "62.71"), "region_code"),
        (("X", "agency"), "parent"),
        (("X", "agency", "", "tidak-ada"), "parent"),
        (("X", "ministry", "", "kota-palangka-raya"), "parent"),
        (("X", "commissariat", "", "kota-palangka-raya"), "parent"),
        (("pemerintah kota PALANGKARAYA", "third_party"), "name"),
        (("Pernerintah Kota Pa1angka Raya", "third_party"), "name"),
        (("Dinas \u202eAir", "ministry"), "name"),
        (("東京", "ministry"), "code"),
    ],
)
def test_what_cannot_be_an_organisation_is_refused_by_field(details, field):
    government()
    with pytest.raises(InvalidError) as caught:
        actions.create_organisation(operator(), OrganisationDetails(*details))
    assert set(caught.value.fields) == {field}


@pytest.mark.parametrize("code", ["Kota", "kota--raya", "-kota", "../kota", "kota-palangka-raya"])
def test_a_bad_or_taken_code_is_refused(code):
    government()
    with pytest.raises(InvalidError) as caught:
        actions.create_organisation(operator(), OrganisationDetails("X", "ministry"), code=code)
    assert set(caught.value.fields) == {"code"}


def test_its_administrator_renames_it_but_does_not_make_it_something_else():
    made = government()
    by = asks(person("Ani", ("administrator", made)))
    named = OrganisationDetails("Kota Palangka Raya", "government", "62.71")
    changed = actions.change_organisation(by, made, named, revision=1)
    assert (changed.name, changed.revision) == ("Kota Palangka Raya", 2)
    with pytest.raises(ForbiddenError):
        actions.change_organisation(by, made, OrganisationDetails("X", "ministry"))
    assert verbs(made) == ["changed", "created"]


def test_a_change_of_nothing_leaves_no_trace():
    made = government()
    assert actions.change_organisation(operator(), made, GOVERNMENT).revision == 1
    assert verbs(made) == ["created"]


def test_a_change_from_an_old_revision_is_refused():
    made = government()
    other = OrganisationDetails("Kota Palangka Raya", "government", "62.71")
    actions.change_organisation(operator(), made, other, revision=1)
    for deed in (
        lambda: actions.change_organisation(operator(), made, GOVERNMENT, revision=1),
        lambda: actions.put_organisation_away(operator(), made, revision=1),
        lambda: actions.require_second_factor(operator(), made, required=True, revision=1),
    ):
        with pytest.raises(ConflictError):
            deed()
    made.refresh_from_db()
    assert made.name == "Kota Palangka Raya"


def test_a_name_like_that_of_another_is_refused_at_a_change_too():
    made = government()
    other = association()
    with pytest.raises(InvalidError):
        actions.change_organisation(
            operator(), other, OrganisationDetails(made.name.upper(), "association")
        )


def test_what_was_put_away_gives_no_rights_and_comes_back():
    made = government()
    ani = person("Ani", ("administrator", made))
    actions.put_organisation_away(operator(), made, reason="bergabung")
    assert asks(ani).rights == {}
    with pytest.raises(UnseenError):
        actions.put_organisation_away(operator(), made)
    actions.restore_organisation(operator(), made)
    assert made.pk in asks(ani).rights
    assert verbs(made) == ["restored", "put_away", "created"]


def test_a_government_with_agencies_is_not_put_away():
    made = government()
    actions.create_organisation(
        operator(), OrganisationDetails("Bappeda", "agency", "", "kota-palangka-raya")
    )
    with pytest.raises(InvalidError) as caught:
        actions.put_organisation_away(operator(), made)
    assert "Bappeda" in caught.value.message


def test_a_government_is_not_restored_beside_its_successor():
    made = government()
    actions.put_organisation_away(operator(), made)
    actions.create_organisation(
        operator(), OrganisationDetails("Pemkot Palangka Raya Baru", "government", "62.71")
    )
    with pytest.raises(InvalidError):
        actions.restore_organisation(operator(), made)


def test_an_association_takes_members_once_and_lets_them_go():
    komwil, city = association(), government()
    for _again in range(2):
        actions.add_member(operator(), komwil, city)
    assert list(komwil.affiliations.values_list("member__code", flat=True)) == [city.code]
    for _again in range(2):
        actions.remove_member(operator(), komwil, city)
    assert not Affiliation.objects.exists()
    assert verbs(komwil) == ["member_removed", "member_added", "created"]


def test_only_associations_have_members():
    city = government()
    with pytest.raises(InvalidError):
        actions.add_member(operator(), city, association())


def test_a_workspace_or_what_was_put_away_is_no_member():
    komwil = association()
    for one in (organisation("ruang-kerja", kind=Kind.WORKSPACE), government()):
        if one.kind != Kind.WORKSPACE:
            actions.put_organisation_away(operator(), one)
            one.refresh_from_db()
        with pytest.raises(InvalidError):
            actions.add_member(operator(), komwil, one)


def test_no_circle_of_associations_closes():
    first, second, third = (association(f"Asosiasi {name}") for name in ("Satu", "Dua", "Tiga"))
    actions.add_member(operator(), first, second)
    actions.add_member(operator(), second, third)
    for below in (first, second, third):
        with pytest.raises(InvalidError):
            actions.add_member(operator(), third, below)


def test_the_second_factor_counts_at_the_next_request():
    made = government()
    ani = person("Ani", ("administrator", made))
    actions.require_second_factor(asks(ani), made, required=True)
    assert asks(ani).rights == {}
    assert asks(ani).withheld == {made.pk}
    assert made.pk in asks(ani, second_factor=True).rights
    actions.require_second_factor(asks(ani, second_factor=True), made, required=False)
    actions.require_second_factor(operator(), made, required=False)
    assert verbs(made) == ["changed", "changed", "created"]


DEEDS = {
    "create": lambda by, one, _two: actions.create_organisation(
        by, OrganisationDetails("Kementerian Uji", "ministry")
    ),
    "change": lambda by, one, _two: actions.change_organisation(
        by, one, OrganisationDetails("Nama Lain", "association")
    ),
    "put away": lambda by, one, _two: actions.put_organisation_away(by, one),
    "require a factor": lambda by, one, _two: actions.require_second_factor(by, one, required=True),
    "add a member": actions.add_member,
    "remove a member": actions.remove_member,
}
INSTALLATION_ONLY = {"create", "put away", "add a member"}
ROLES = ("viewer", "analyst", "coordinator", "approver", "administrator")


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", [*ROLES, "foreign", "installation", "nobody", "visitor"])
def test_who_may_do_what_with_an_organisation(role, deed):
    one, two = association(), government()
    fields = {"is_administrator": True} if role == "installation" else {}
    held = [(role, one)] if role in ROLES else [("administrator", two)] if role == "foreign" else []
    by = visitor() if role == "visitor" else asks(person("Ani", *held, **fields))
    allowed = role == "installation" or (role == "administrator" and deed not in INSTALLATION_ONLY)
    if allowed:
        DEEDS[deed](by, one, two)
        return
    with pytest.raises(ForbiddenError):
        DEEDS[deed](by, one, two)
    assert verbs(one) == ["created"]


def test_it_takes_an_administrator_of_both_to_add_a_member():
    one, two = association(), government()
    both = person("Ani", ("administrator", one), ("administrator", two))
    actions.add_member(asks(both), one, two)
    assert one.affiliations.get().member == two


def test_an_association_cannot_reach_for_what_is_shared_with_it_by_taking_a_member_in():
    one, two = association(), government()
    greedy = person("Budi", ("administrator", one), ("analyst", two))
    with pytest.raises(ForbiddenError):
        actions.add_member(asks(greedy), one, two)
    assert not one.affiliations.exists()
