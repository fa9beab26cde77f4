"""Roles are given and ended by those who may, never to oneself, and somebody always holds the keys."""

import pytest

from sinergi.accounts.actions import people as actions
from sinergi.accounts.audit.history import history
from sinergi.accounts.errors import ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import Assignment, AuditRecord, Role
from sinergi.accounts.principal import operator, visitor
from sinergi.accounts.vocabulary import Channel, Right, Scope
from tests.people import asks, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return organisation()


@pytest.fixture
def keeper(city):
    return person("Kepala", ("administrator", city))


def roles(one):
    live = Assignment.objects.filter(person=one, ended_at=None)
    return sorted(live.values_list("organisation__code", "role"))


def test_an_administrator_gives_a_role_that_counts_at_the_next_request(city, keeper):
    ani = person("Ani")
    assert not asks(ani).has(Right.EDIT, city.pk)
    actions.give_role(asks(keeper), city, ani, "analyst", reason="SK 12/2026")
    assert asks(ani).has(Right.EDIT, city.pk)
    actions.end_role(asks(keeper), city, ani, "analyst")
    assert not asks(ani).has(Right.READ, city.pk)
    told = history("organisation", city.pk)
    assert [deed.verb for deed in told] == ["role_ended", "role_given"]
    assert (told[1].reason, told[1].after) == ("SK 12/2026", {"person": ani.pk, "role": "analyst"})


def test_the_trail_of_roles_holds_no_personal_data(city, keeper):
    ani = person("Ani Wijaya")
    actions.give_role(asks(keeper), city, ani, "viewer")
    actions.deactivate_person(operator(), ani)
    for row in AuditRecord.objects.all():
        kept = f"{row.name}{row.part}{row.before}{row.after}"
        assert "wijaya" not in kept.lower()
        assert "@" not in kept


def test_a_role_held_already_is_given_once(city, keeper):
    ani = person("Ani")
    for _again in range(2):
        actions.give_role(asks(keeper), city, ani, "analyst")
    assert roles(ani) == [(city.code, "analyst")]
    assert len(history("organisation", city.pk)) == 1


def test_a_person_holds_several_roles_in_several_organisations(city, keeper):
    ani, other = person("Ani"), organisation("kota-banjarmasin")
    for where, role in ((city, "analyst"), (city, "approver"), (other, "viewer")):
        actions.give_role(operator(), where, ani, role)
    assert roles(ani) == [
        ("kota-banjarmasin", "viewer"),
        ("kota-palangka-raya", "analyst"),
        ("kota-palangka-raya", "approver"),
    ]


@pytest.mark.parametrize("role", ["", "raja", "installation_administrator", "is_administrator"])
def test_what_is_no_role_is_not_given(city, keeper, role):
    with pytest.raises(InvalidError):
        actions.give_role(asks(keeper), city, person("Ani"), role)


def test_nobody_gives_a_role_to_themselves(city, keeper):
    root = person("Root", is_administrator=True)
    for one in (keeper, root):
        with pytest.raises(ForbiddenError):
            actions.give_role(asks(one), city, one, "approver")
    assert roles(root) == []


def test_nobody_gives_roles_where_they_do_not_manage(city, keeper):
    other = organisation("kota-banjarmasin")
    for role in Role.values:
        with pytest.raises(ForbiddenError):
            actions.give_role(asks(keeper), other, person(f"Ani {role}"), role)


def test_the_last_administrator_of_an_organisation_stays(city, keeper):
    for by in (asks(keeper), operator()):
        with pytest.raises(InvalidError):
            actions.end_role(by, city, keeper, "administrator")
    second = person("Kedua")
    actions.give_role(asks(keeper), city, second, "administrator")
    actions.end_role(asks(keeper), city, keeper, "administrator")
    assert roles(keeper) == []


def test_a_deactivated_administrator_does_not_count_as_one(city, keeper):
    second = person("Kedua", ("administrator", city))
    actions.deactivate_person(operator(), second)
    with pytest.raises(InvalidError):
        actions.end_role(operator(), city, keeper, "administrator")


def test_everybody_may_leave(city, keeper):
    ani = person("Ani", ("analyst", city))
    actions.end_role(asks(ani), city, ani, "analyst")
    assert roles(ani) == []


def test_a_token_does_not_leave_for_its_person(city, keeper):
    ani = person("Ani", ("analyst", city))
    token = asks(ani, Channel.API, scopes=frozenset({Scope.READ, Scope.WRITE}))
    with pytest.raises(ForbiddenError):
        actions.end_role(token, city, ani, "analyst")


def test_a_role_not_held_cannot_be_ended(city, keeper):
    with pytest.raises(UnseenError):
        actions.end_role(asks(keeper), city, person("Ani"), "viewer")


def test_who_is_shut_out_has_no_rights_at_once_and_keeps_roles_for_later(city, keeper):
    ani = person("Ani", ("analyst", city))
    actions.deactivate_person(operator(), ani, reason="pindah tugas")
    ani.refresh_from_db()
    assert asks(ani).rights == {}
    with pytest.raises(InvalidError):
        actions.give_role(asks(keeper), city, ani, "viewer")
    actions.reactivate_person(operator(), ani)
    ani.refresh_from_db()
    assert asks(ani).has(Right.EDIT, city.pk)
    assert [deed.verb for deed in history("person", ani.pk)] == ["reactivated", "deactivated"]


def test_doing_it_twice_changes_nothing_more(city):
    ani = person("Ani")
    person("Root", is_administrator=True)
    for deed in (actions.deactivate_person, actions.reactivate_person, actions.make_administrator):
        deed(operator(), ani)
        deed(operator(), ani)
    actions.unmake_administrator(operator(), ani)
    actions.unmake_administrator(operator(), ani)
    assert AuditRecord.objects.count() == 4


def test_an_administrator_of_the_installation_makes_another_one():
    root, ani = person("Root", is_administrator=True), person("Ani")
    actions.make_administrator(asks(root), ani)
    ani.refresh_from_db()
    assert asks(ani).administrator
    assert history("person", ani.pk)[0].after == {"role": "installation_administrator"}
    actions.unmake_administrator(asks(ani), root)
    root.refresh_from_db()
    assert not asks(root).administrator


def test_the_last_administrator_of_the_installation_stays():
    root = person("Root", is_administrator=True)
    asleep = person("Asleep", is_administrator=True)
    actions.deactivate_person(asks(root), asleep)
    for deed in (actions.unmake_administrator, actions.deactivate_person):
        with pytest.raises(InvalidError):
            deed(operator(), root)


def test_a_deactivated_person_is_not_made_administrator():
    ani = person("Ani", is_active=False)
    with pytest.raises(InvalidError):
        actions.make_administrator(operator(), ani)


def test_an_erased_person_is_not_there():
    from django.utils import timezone

    ani = person("Ani", erased_at=timezone.now())
    for deed in (actions.reactivate_person, actions.make_administrator):
        with pytest.raises(UnseenError):
            deed(operator(), ani)


DEEDS = {
    "give a role": lambda by, city, ani: actions.give_role(by, city, ani, "viewer"),
    "end a role": lambda by, city, ani: actions.end_role(by, city, ani, "analyst"),
    "deactivate": lambda by, _city, ani: actions.deactivate_person(by, ani),
    "reactivate": lambda by, _city, ani: actions.reactivate_person(by, ani),
    "make administrator": lambda by, _city, ani: actions.make_administrator(by, ani),
    "unmake administrator": lambda by, _city, ani: actions.unmake_administrator(by, ani),
}
IN_ORGANISATION = {"give a role", "end a role"}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    "role", [*Role.values, "foreign", "installation", "operator", "token", "visitor"]
)
def test_who_may_do_what_with_people(role, deed, city, keeper):
    ani, other = person("Budi", ("analyst", city)), organisation("kota-banjarmasin")
    if role in Role.values:
        by = asks(person("Ani", (role, city)))
    else:
        by = {
            "foreign": lambda: asks(person("Asing", ("administrator", other))),
            "installation": lambda: asks(person("Root", is_administrator=True)),
            "operator": operator,
            "token": lambda: asks(
                person("Root", ("administrator", city), is_administrator=True),
                Channel.API,
                scopes=frozenset({Scope.READ, Scope.WRITE, Scope.SHARE}),
            ),
            "visitor": visitor,
        }[role]()
    allowed = role in {"installation", "operator"} or (
        role == "administrator" and deed in IN_ORGANISATION
    )
    if allowed:
        DEEDS[deed](by, city, ani)
        return
    with pytest.raises(ForbiddenError):
        DEEDS[deed](by, city, ani)
    assert not AuditRecord.objects.exists()


def test_the_provider_of_another_organisation_does_not_end_a_role():
    city, other = organisation(), organisation("apeksi")
    ani = person("Ani", ("analyst", city), ("viewer", other))
    by_provider = asks(ani, organisation=other.pk)
    with pytest.raises(ForbiddenError):
        actions.end_role(by_provider, city, ani, "analyst")
    actions.end_role(by_provider, other, ani, "viewer")
    assert Assignment.objects.get(ended_at=None).organisation == city
