"""Who may do what with a list: every role, every way to come to it, every deed."""

import itertools

import pytest

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError
from sinergi.accounts.models import (
    Affiliation,
    AuditRecord,
    Level,
    Organisation,
    Role,
    Share,
    Visibility,
)
from sinergi.accounts.principal import Principal, operator, visitor
from sinergi.opportunities.lists import actions, errors, exports, queries
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from sinergi.opportunities.maps import queries as map_queries
from sinergi.opportunities.models import PriorityEntry, PriorityList, SavedMap
from tests.people import asks, organisation, person

from .factories import BY, SETTINGS, bappeda, explanation

pytestmark = pytest.mark.django_db
ROLES = [*Role.values, "nobody", "administrator of the installation"]
WAYS = [
    "own",
    "shared to read",
    "shared to edit",
    "shared with members to read",
    "shared with members to edit",
    "shared with an association without its members",
    "public",
    "public and shared to edit",
    "foreign",
]
EDITORS = {Role.ANALYST, Role.COORDINATOR, Role.APPROVER}


def asked_by(role: str, home: Organisation) -> Principal:
    if role == "nobody":
        return visitor()
    if role in Role.values:
        return asks(person("Ani", (role, home)))
    return asks(person("Ani", is_administrator=True))


def made(way: str, home: Organisation) -> PriorityList:
    """A list that people of `home` come to in this way."""
    owner = home if way == "own" else organisation("pemilik")
    plan = actions.create_list(BY, owner, ListDetails("RKPD"))
    association = organisation("apeksi", kind=Organisation.Kind.ASSOCIATION)
    Affiliation.objects.get_or_create(association=association, member=home)
    if "public" in way:
        PriorityList.objects.update(visibility=Visibility.PUBLIC)
    if "shared" in way:
        Share.objects.create(
            kind=plan.KIND,
            object_id=plan.pk,
            organisation=association if "members" in way else home,
            level=Level.EDIT if "edit" in way else Level.READ,
            with_members="with members" in way,
        )
    plan.refresh_from_db()
    return plan


def expected(role: str, way: str) -> tuple[bool, bool]:
    """Whether it may be read, and edited."""
    held = role in Role.values
    reads = "public" in way or (held and way not in {"foreign", WAYS[5]})
    edits = role in EDITORS and (way == "own" or "edit" in way)
    return reads, edits


@pytest.mark.parametrize(("role", "way"), list(itertools.product(ROLES, WAYS)))
def test_rows_and_rules_agree_on_who_reads_and_edits(role: str, way: str) -> None:
    home = bappeda()
    plan, by = made(way, home), asked_by(role, home)
    ruled = tuple(rules.may(by, rule, plan) for rule in (rules.OBJECT_READ, rules.OBJECT_EDIT))
    found = PriorityList.objects.all()
    rows = (found.readable_by(by).exists(), found.editable_by(by).exists())
    assert ruled == rows == expected(role, way)


@pytest.mark.parametrize("role", ROLES)
def test_only_the_owner_puts_away_shares_and_publishes(role: str) -> None:
    home = bappeda()
    own, by = made("own", home), asked_by(role, home)
    allowed = {
        rule: rules.may(by, rule, own)
        for rule in (rules.OBJECT_REMOVE, rules.OBJECT_SHARE, rules.OBJECT_PUBLISH)
    }
    leads = role in {Role.COORDINATOR, Role.APPROVER}
    assert list(allowed.values()) == [leads, leads, role == Role.APPROVER]
    Share.objects.create(
        kind=own.KIND,
        object_id=actions.create_list(BY, organisation("lain"), ListDetails("X")).pk,
        organisation=home,
        level=Level.EDIT,
    )
    theirs = PriorityList.objects.get(name="X")
    assert not any(rules.may(by, rule, theirs) for rule in allowed)


def deeds(by: Principal, plan: PriorityList, entry: PriorityEntry) -> dict[str, object]:
    """Every deed on a list, by name."""
    number = plan.pk
    return {
        "rename": lambda: actions.rename_list(by, number, ListDetails("Lain")),
        "add": lambda: actions.add_entry(by, number, explanation(("63.01", "63.04")), SETTINGS),
        "edit": lambda: actions.edit_entry(by, number, entry.pk, EntryDetails(note="x")),
        "move": lambda: actions.move_entry(by, number, entry.pk, 2),
        "remove": lambda: actions.remove_entry(by, number, entry.pk),
        "restore": lambda: actions.restore_entry(by, number, entry.pk),
        "renew": lambda: actions.renew_entry(by, number, entry.pk, explanation()),
        "put away": lambda: actions.delete_list(by, number),
        "bring back": lambda: actions.restore_list(by, number),
    }


@pytest.mark.parametrize(
    ("role", "way", "refusal"),
    [
        ("viewer", "own", ForbiddenError),
        ("administrator", "own", ForbiddenError),
        ("approver", "shared to read", ForbiddenError),
        ("approver", "public", ForbiddenError),
        ("approver", "foreign", errors.NotFoundError),
        ("nobody", "public", ForbiddenError),
        ("nobody", "own", errors.NotFoundError),
        ("administrator of the installation", "own", errors.NotFoundError),
    ],
)
def test_every_deed_is_refused_to_whoever_may_not_and_leaves_nothing(
    role: str, way: str, refusal: type[Exception]
) -> None:
    home = bappeda()
    plan, by = made(way, home), asked_by(role, home)
    entry = actions.add_entry(BY, plan.pk, explanation(), SETTINGS)
    before = (AuditRecord.objects.count(), PriorityList.objects.get().revision)
    for deed in deeds(by, plan, entry).values():
        with pytest.raises(refusal):
            deed()
    assert (AuditRecord.objects.count(), PriorityList.objects.get().revision) == before


def test_what_is_hidden_and_what_is_not_there_are_told_alike() -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails("Rahasia"))
    by = asks(person("Ani", ("approver", organisation("lain"))))
    told = []
    for number in (plan.pk, 4711):
        for deed in (
            lambda n: queries.get_list(by, n),
            lambda n: actions.delete_list(by, n),
            lambda n: exports.export_list(by, n, "csv"),
        ):
            with pytest.raises(errors.NotFoundError) as caught:
                deed(number)
            told.append(caught.value.message.replace(str(number), "N"))
    assert len(set(told)) == 1


def test_a_list_is_made_only_where_one_may_edit() -> None:
    by = asks(person("Ani", ("analyst", bappeda()), ("viewer", organisation("dinas"))))
    assert actions.create_list(by, bappeda(), ListDetails("RKPD")).organisation == bappeda()
    for code in ("dinas", "lain"):
        with pytest.raises(ForbiddenError):
            actions.create_list(by, organisation(code), ListDetails("RKPD"))


def test_a_role_that_ends_stops_counting_at_once() -> None:
    ani = person("Ani", ("analyst", bappeda()))
    plan = actions.create_list(asks(ani), bappeda(), ListDetails("RKPD"))
    ani.assignments.update(ended_at=plan.created)
    with pytest.raises(errors.NotFoundError):
        actions.rename_list(asks(ani), plan.pk, ListDetails("Lain"))


def test_a_conflict_names_who_came_between_and_when() -> None:
    ani = asks(person("Ani", ("analyst", bappeda())))
    plan = actions.create_list(ani, bappeda(), ListDetails("RKPD"))
    actions.rename_list(ani, plan.pk, ListDetails("RKPD 2028"), revision=1)
    exports.export_list(BY, plan.pk, "json")
    with pytest.raises(ConflictError, match="Ani"):
        actions.rename_list(BY, plan.pk, ListDetails("RKPD 2029"), revision=1)


def test_the_conflict_of_an_entry_names_who_changed_that_entry() -> None:
    ani, budi = (asks(person(name, ("analyst", bappeda()))) for name in ("Ani", "Budi"))
    plan = actions.create_list(ani, bappeda(), ListDetails("RKPD"))
    entry = actions.add_entry(ani, plan.pk, explanation(), SETTINGS)
    actions.edit_entry(ani, plan.pk, entry.pk, EntryDetails(note="a"), revision=1)
    actions.rename_list(budi, plan.pk, ListDetails("Lain"))
    with pytest.raises(ConflictError, match="Ani"):
        actions.edit_entry(budi, plan.pk, entry.pk, EntryDetails(note="b"), revision=1)


def test_an_export_is_recorded_when_private_content_leaves() -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails("RKPD"))
    exports.export_list(BY, plan.pk, "csv")
    assert AuditRecord.objects.filter(verb="exported", object_id=str(plan.pk)).count() == 1
    PriorityList.objects.update(visibility=Visibility.PUBLIC)
    exports.export_list(visitor(), plan.pk, "csv")
    assert AuditRecord.objects.filter(verb="exported").count() == 1


def test_why_something_was_done_is_kept_and_has_a_limit() -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails("RKPD"))
    with pytest.raises(InvalidError):
        actions.delete_list(BY, plan.pk, reason="x" * 1001)
    actions.delete_list(BY, plan.pk, reason="ganti\x00 dokumen")
    assert AuditRecord.objects.latest("sequence").reason == "ganti dokumen"


@pytest.mark.parametrize("model", [PriorityList, SavedMap])
def test_the_rights_to_ten_thousand_cost_one_query_like_the_rights_to_ten(
    model: type, django_assert_num_queries
) -> None:
    home, other = bappeda(), organisation("lain")
    reader = asks(person("Ani", ("analyst", home)))
    read = queries.lists if model is PriorityList else map_queries.saved_maps
    for size in (10, 9_990):
        rows = [model(name=f"{size}-{n}", organisation=(home, other)[n % 2]) for n in range(size)]
        model.objects.bulk_create(rows, batch_size=2000)
        Share.objects.bulk_create(
            Share(kind=model.KIND, object_id=number, organisation=home, level=Level.EDIT)
            for number in model.objects.filter(
                organisation=other, name__startswith=f"{size}-"
            ).values_list("pk", flat=True)[::2]
        )
        with django_assert_num_queries(1):
            found = list(read(reader))
    assert len(found) > 5000
    assert all(rules.may(reader, rules.OBJECT_READ, row) for row in found[::500])


def test_the_operator_sees_everything_and_a_visitor_only_what_is_public() -> None:
    actions.create_list(BY, bappeda(), ListDetails("Rahasia"))
    shown = actions.create_list(BY, bappeda(), ListDetails("Terbuka"))
    PriorityList.objects.filter(pk=shown.pk).update(visibility=Visibility.PUBLIC)
    assert queries.lists(operator()).count() == 2
    assert [row.name for row in queries.lists(visitor())] == ["Terbuka"]
