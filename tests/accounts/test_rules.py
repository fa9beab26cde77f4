"""Who may do what: every permission, every role, every kind of object, every limit."""

import itertools

import pytest
from django.utils import timezone

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, UnseenError
from sinergi.accounts.models import Affiliation, Assignment, Level, Organisation, Role, Share
from sinergi.accounts.principal import RIGHTS, operator, principal_for, through, visitor
from sinergi.accounts.vocabulary import SCOPE_OF, Channel, Right, Scope
from sinergi.opportunities.models import PriorityList
from tests.people import asks, organisation, person

pytestmark = pytest.mark.django_db

OBJECT = {
    rules.OBJECT_READ: Right.READ,
    rules.OBJECT_HISTORY: Right.READ,
    rules.OBJECT_EDIT: Right.EDIT,
    rules.OBJECT_REMOVE: Right.REMOVE,
    rules.OBJECT_SHARE: Right.SHARE,
    rules.OBJECT_PUBLISH: Right.PUBLISH,
}
"""Permissions on an own object and the right that each needs."""
BODY = {
    rules.OBJECT_CREATE: Right.EDIT,
    rules.ORGANISATION_READ: Right.READ,
    rules.ORGANISATION_MANAGE: Right.MANAGE,
    rules.ORGANISATION_AUDIT: Right.AUDIT,
}
"""Permissions on an organisation and the right that each needs."""
ROLES = [role.value for role in Role]
READING = {rules.OBJECT_READ, rules.OBJECT_HISTORY}
SHARED = {"read": READING, "edit": READING | {rules.OBJECT_EDIT}}


@pytest.fixture
def here():
    return organisation("kota-palangka-raya")


@pytest.fixture
def there():
    return organisation("kota-banjarmasin")


def a_list(owner: Organisation, visibility: str = "private") -> PriorityList:
    return PriorityList.objects.create(name="Daftar", organisation=owner, visibility=visibility)


def allowed(principal, thing, permissions=OBJECT) -> set[str]:
    return {name for name in permissions if rules.may(principal, name, thing)}


def lists(principal, method: str) -> set[int]:
    rows = getattr(PriorityList.objects.all(), method)(principal)
    return set(rows.values_list("pk", flat=True))


def test_every_permission_is_tested_here():
    assert {*OBJECT, *BODY, rules.INSTALLATION} == set(rules.PERMISSIONS)
    assert set(RIGHTS) == set(Role)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gives_its_rights_on_what_its_organisation_owns_and_nothing_elsewhere(
    here, there, role
):
    who = asks(person("Ani", (role, here)))
    own, foreign = a_list(here), a_list(there)
    assert allowed(who, own) == {name for name, right in OBJECT.items() if right in RIGHTS[role]}
    assert allowed(who, foreign) == set()
    assert allowed(who, here, BODY) == {n for n, right in BODY.items() if right in RIGHTS[role]}
    assert allowed(who, there, BODY) == set()
    assert not rules.may(who, rules.INSTALLATION)


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(ROLES, 2)))
def test_two_roles_give_the_rights_of_both(here, one, other):
    who = asks(person("Ani", (one, here), (other, here)))
    both = RIGHTS[one] | RIGHTS[other]
    assert allowed(who, a_list(here)) == {n for n, right in OBJECT.items() if right in both}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("level", ["read", "edit"])
def test_a_share_gives_what_it_says_to_those_whose_role_could_do_it_at_home(
    here, there, role, level
):
    row = a_list(there)
    Share.objects.create(kind=row.KIND, object_id=row.pk, organisation=here, level=level)
    who = asks(person("Ani", (role, here)))
    expected = {name for name in SHARED[level] if OBJECT[name] in RIGHTS[role]}
    assert allowed(who, row) == expected
    assert (row.pk in lists(who, "readable_by")) is (rules.OBJECT_READ in expected)
    assert (row.pk in lists(who, "editable_by")) is (rules.OBJECT_EDIT in expected)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("level", ["read", "edit"])
@pytest.mark.parametrize("with_members", [True, False])
def test_a_share_with_an_association_reaches_its_members_only_when_it_says_so(
    here, there, role, level, with_members
):
    body = organisation("apeksi", kind=Organisation.Kind.ASSOCIATION)
    Affiliation.objects.create(association=body, member=here)
    row = a_list(there)
    Share.objects.create(
        kind=row.KIND, object_id=row.pk, organisation=body, level=level, with_members=with_members
    )
    who = asks(person("Ani", (role, here)))
    expected = {n for n in SHARED[level] if OBJECT[n] in RIGHTS[role]} if with_members else set()
    assert allowed(who, row) == expected
    assert (row.pk in lists(who, "readable_by")) is bool(expected)
    # membership gives nothing on what the association owns itself, nor on the body
    assert allowed(who, a_list(body)) == set()
    assert allowed(who, body, BODY) == set()


def test_a_public_object_is_read_by_everybody_and_no_more(here, there):
    row = a_list(there, "public")
    for who in (visitor(), asks(person("Ani", ("approver", here))), asks(person("Budi"))):
        assert allowed(who, row) == {rules.OBJECT_READ}
        assert lists(who, "readable_by") == {row.pk}
        assert lists(who, "editable_by") == set()


def test_a_visitor_sees_nothing_private(here):
    row = a_list(here)
    assert allowed(visitor(), row) == set()
    assert lists(visitor(), "readable_by") == set()
    assert not rules.may(visitor(), rules.INSTALLATION)


def test_an_administrator_of_the_installation_has_no_right_on_content(here):
    boss = asks(person("Boss", is_administrator=True))
    assert rules.may(boss, rules.INSTALLATION)
    assert allowed(boss, a_list(here)) == set()
    assert allowed(boss, here, BODY) == {
        rules.ORGANISATION_READ,
        rules.ORGANISATION_MANAGE,
        rules.ORGANISATION_AUDIT,
    }


def test_the_operator_may_everything(here):
    row = a_list(here)
    assert allowed(operator(), row) == set(OBJECT)
    assert allowed(operator(), here, BODY) == set(BODY)
    assert rules.may(operator(), rules.INSTALLATION)
    assert lists(operator(), "readable_by") == lists(operator(), "editable_by") == {row.pk}


SCOPES = [frozenset(some) for n in range(3) for some in itertools.combinations(Scope, n)]


@pytest.mark.parametrize("role", ROLES)
def test_a_token_may_what_its_person_may_within_its_scopes(here, there, role):
    ani = person("Ani", (role, here), ("approver", there), is_administrator=True)
    row, foreign = a_list(here), a_list(there)
    for scopes in [*SCOPES, frozenset(Scope)]:
        token = principal_for(ani, Channel.API, organisation=here.pk, scopes=scopes)
        within = {right for right in RIGHTS[role] if SCOPE_OF[right] in scopes}
        assert allowed(token, row) == {n for n, right in OBJECT.items() if right in within}
        assert allowed(token, here, BODY) == {n for n, right in BODY.items() if right in within}
        # neither other organisations of the person nor the installation
        assert allowed(token, foreign) == set()
        assert not rules.may(token, rules.INSTALLATION)
        assert (row.pk in lists(token, "readable_by")) is (Right.READ in within)


def test_roles_are_withheld_without_the_second_factor_that_an_organisation_requires(there):
    strict = organisation("setda", requires_second_factor=True)
    ani = person("Ani", ("approver", strict), ("viewer", there))
    row = a_list(strict)
    without, having = asks(ani), asks(ani, second_factor=True)
    assert allowed(without, row) == set()
    assert lists(without, "readable_by") == set()
    assert without.withheld == {strict.pk}
    assert rules.may(without, rules.OBJECT_READ, a_list(there))
    assert allowed(having, row) == set(OBJECT)
    assert having.withheld == frozenset()
    with pytest.raises(ForbiddenError, match=r"faktor kedua|second factor"):
        rules.require(without, rules.OBJECT_CREATE, strict)


def test_a_person_who_was_deactivated_may_nothing(here):
    who = asks(person("Ani", ("approver", here), is_active=False, is_administrator=True))
    assert allowed(who, a_list(here)) == set()
    assert not rules.may(who, rules.INSTALLATION)


def test_a_role_that_was_ended_gives_nothing(here):
    ani = person("Ani", ("approver", here))
    Assignment.objects.update(ended_at=timezone.now())
    assert allowed(asks(ani), a_list(here)) == set()


def test_roles_in_an_organisation_that_was_put_away_give_nothing(here, there):
    ani = person("Ani", ("approver", here))
    row = a_list(there)
    Share.objects.create(kind=row.KIND, object_id=row.pk, organisation=here, level="edit")
    Organisation.objects.filter(pk=here.pk).update(deleted_at=timezone.now())
    assert allowed(asks(ani), a_list(here)) == set()
    assert allowed(asks(ani), row) == set()


def test_an_association_that_was_put_away_reaches_nobody(here, there):
    body = organisation("apeksi", kind=Organisation.Kind.ASSOCIATION)
    Affiliation.objects.create(association=body, member=here)
    row = a_list(there)
    Share.objects.create(kind=row.KIND, object_id=row.pk, organisation=body, with_members=True)
    Organisation.objects.filter(pk=body.pk).update(deleted_at=timezone.now())
    assert allowed(asks(person("Ani", ("approver", here))), row) == set()


def test_what_may_not_be_seen_is_told_as_not_there_and_what_may_be_seen_as_forbidden(here, there):
    who = asks(person("Ani", ("viewer", here)))
    for permission in OBJECT:
        with pytest.raises(UnseenError):
            rules.require(who, permission, a_list(there))
    rules.require(who, rules.OBJECT_READ, a_list(here))
    for permission in set(OBJECT) - READING:
        with pytest.raises(ForbiddenError) as told:
            rules.require(who, permission, a_list(here))
        assert told.value.permission == permission


def test_a_permission_that_does_not_exist_is_a_mistake_of_the_programmer(here):
    with pytest.raises(KeyError):
        rules.may(operator(), "object.reed", a_list(here))


def test_a_share_of_one_kind_of_object_opens_no_other_with_the_same_number(here, there):
    row = a_list(there)
    Share.objects.create(kind="saved_map", object_id=row.pk, organisation=here, level=Level.EDIT)
    assert allowed(asks(person("Ani", ("approver", here))), row) == set()


def test_who_asks_is_known_after_two_queries_whatever_the_number_of_roles(
    here, django_assert_num_queries
):
    body = organisation("apeksi", kind=Organisation.Kind.ASSOCIATION)
    places = [organisation(f"kota-{number}") for number in range(20)]
    for place in places:
        Affiliation.objects.create(association=body, member=place)
    ani = person("Ani", *(("analyst", place) for place in places))
    with django_assert_num_queries(2):
        who = asks(ani)
    assert len(who.rights) == 20
    assert who.associations(Right.EDIT) == [body.pk]
    with django_assert_num_queries(1):
        list(PriorityList.objects.all().readable_by(who))


def test_the_same_person_by_another_way_keeps_all_rights(here):
    who = asks(person("Ani", ("analyst", here)))
    other = through(who, Channel.WORKER)
    assert (other.channel, other.rights, other.person_id) == (
        Channel.WORKER,
        who.rights,
        who.person_id,
    )
