"""`organisation`: list, add, add-governments, members, invite, roles."""

from typing import TYPE_CHECKING, Annotated

import typer

from sinergi.cli import files, screen, tables
from sinergi.cli.commands.options import Format, Out
from sinergi.cli.commands.people import Reason, base
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, number, pgettext
from sinergi.cli.tables import Column
from sinergi.cli.workspace import acting, open_workspace

if TYPE_CHECKING:
    from sinergi.accounts.actions.governments import Added
    from sinergi.accounts.models import Person

app = typer.Typer(
    no_args_is_help=True, help=gettext_noop("Organisations, their members, people and roles.")
)
Code = Annotated[
    str, typer.Argument(metavar="CODE", help=gettext_noop("Code of the organisation."))
]


@app.command("list", help=gettext_noop("List the organisations by name."))
def list_command(
    kind: Annotated[
        str, typer.Option("--kind", help=gettext_noop("Only of this kind, such as government."))
    ] = "",
    form: Format = None,
    out: Out = None,
) -> None:
    """List the organisations by name."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.accounts.queries.directory import directory  # noqa: PLC0415 - needs Django

    columns = (
        Column("code", pgettext("column", "Code")),
        Column("name", pgettext("column", "Name")),
        Column("kind", pgettext("column", "Kind")),
        Column("region", pgettext("column", "Region")),
        Column("parent", pgettext("column", "Below")),
    )
    rows = [
        (
            one.code,
            one.name,
            one.get_kind_display(),
            one.region_code,
            one.parent.code if one.parent else "",
        )
        for one in directory(kind=kind)
    ]
    title = pgettext("column", "Organisations")
    files.write_table(tables.table(columns, rows, title), chosen_form, out)


@app.command("add", help=gettext_noop("Make an organisation."))
def add_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help=gettext_noop("Its name."))],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            help=gettext_noop(
                "government, agency, association, commissariat, ministry or third_party."
            ),
        ),
    ],
    code: Annotated[
        str, typer.Option("--code", help=gettext_noop("Code; without it, from the name."))
    ] = "",
    region: Annotated[
        str, typer.Option("--region", help=gettext_noop("Code of the region of a government."))
    ] = "",
    parent: Annotated[
        str,
        typer.Option(
            "--below", help=gettext_noop("Code of the government or association above it.")
        ),
    ] = "",
    reason: Reason = "",
) -> None:
    """Make an organisation."""
    open_workspace()
    from sinergi.accounts.actions.organisations import (  # noqa: PLC0415 - needs Django
        create_organisation,
    )
    from sinergi.accounts.organisation_rules import (  # noqa: PLC0415 - as above
        OrganisationDetails,
    )

    details = OrganisationDetails(name, kind, region, parent)
    made = create_organisation(acting(), details, code=code, reason=reason)
    screen.say(f"{made.code}: {made.name}")


@app.command(
    "add-governments",
    help=gettext_noop(
        "Make an organisation for the government of each region, and the associations of the reference "
        "with their members. Safe to repeat."
    ),
)
def add_governments_command(
    province: Annotated[
        str, typer.Option("--province", help=gettext_noop("Only this province and its regions."))
    ] = "",
) -> None:
    """Make an organisation for the government of each region."""
    open_workspace()
    from sinergi.accounts.actions.governments import (  # noqa: PLC0415 - needs Django
        add_associations,
        add_governments,
    )

    actor = acting()
    with screen.progress(pgettext("column", "Organisations")) as report:
        governments = add_governments(actor, province, report=report)
    _tell(governments)
    _tell(add_associations(actor))


def _tell(added: "Added") -> None:
    for one in added.made:
        screen.say(f"{one.code}: {one.name}")
    for name in added.refused:
        screen.note(
            _("Not made, because another organisation is called alike: {name}").format(name=name)
        )
    text = _("{made} made, {there} were there.")
    screen.note(text.format(made=number(len(added.made)), there=number(added.there)))


@app.command("members", help=gettext_noop("List, add or remove the members of an association."))
def members_command(
    code: Code,
    add: Annotated[
        list[str] | None,
        typer.Option("--add", metavar="CODE", help=gettext_noop("Organisation to take in.")),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", metavar="CODE", help=gettext_noop("Organisation to take out.")),
    ] = None,
) -> None:
    """List, add or remove the members of an association."""
    open_workspace()
    from django.db import transaction  # noqa: PLC0415 - needs Django

    from sinergi.accounts.actions import organisations as actions  # noqa: PLC0415 - as above
    from sinergi.accounts.queries.directory import members_of  # noqa: PLC0415 - as above
    from sinergi.accounts.queries.organisations import organisation  # noqa: PLC0415 - as above

    row, actor = organisation(code), acting()
    with transaction.atomic():
        for one in add or ():
            actions.add_member(actor, row, organisation(one))
        for one in remove or ():
            actions.remove_member(actor, row, organisation(one))
    for member in members_of(row):
        screen.say(f"{member.code}: {member.name}")


@app.command("invite", help=gettext_noop("Invite a person by e-mail to a role."))
def invite_command(
    code: Code,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help=gettext_noop("Whom to invite."))],
    role: Annotated[
        str,
        typer.Option(
            "--role",
            help=gettext_noop("viewer, analyst, coordinator, approver or administrator."),
        ),
    ],
    link: Annotated[
        bool,
        typer.Option("--link", help=gettext_noop("Print the link instead of sending a letter.")),
    ] = False,
    reason: Reason = "",
) -> None:
    """Invite a person by e-mail to a role."""
    open_workspace()
    from sinergi.accounts.actions.invitations import invite  # noqa: PLC0415 - needs Django
    from sinergi.accounts.actions.letters import (  # noqa: PLC0415 - as above
        invite_by_letter,
        link_of,
    )
    from sinergi.accounts.queries.organisations import organisation  # noqa: PLC0415 - as above
    from sinergi.cli.language import chosen  # noqa: PLC0415 - as above

    row, actor = organisation(code), acting()
    if link:
        offer = invite(actor, row, email, role, reason=reason)
        screen.say(link_of(offer, base(), chosen()))
        return
    made = invite_by_letter(actor, row, email, role, base(), reason=reason)
    screen.say(_("The worker writes to {email}.").format(email=made.email))


@app.command("roles", help=gettext_noop("List, give or end the roles of people."))
def roles_command(
    code: Code,
    person: Annotated[
        str, typer.Option("--person", metavar="EMAIL", help=gettext_noop("Whose role."))
    ] = "",
    give: Annotated[str, typer.Option("--give", help=gettext_noop("Role to give."))] = "",
    end: Annotated[str, typer.Option("--end", help=gettext_noop("Role to end."))] = "",
    reason: Reason = "",
    form: Format = None,
    out: Out = None,
) -> None:
    """List, give or end the roles of people."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from django.db import transaction  # noqa: PLC0415 - needs Django

    from sinergi.accounts import rules  # noqa: PLC0415 - as above
    from sinergi.accounts.actions import people as actions  # noqa: PLC0415 - as above
    from sinergi.accounts.queries.directory import holders  # noqa: PLC0415 - as above
    from sinergi.accounts.queries.organisations import organisation  # noqa: PLC0415 - as above

    row, actor = organisation(code), acting()
    rules.require(actor, rules.ORGANISATION_MANAGE, row)
    with transaction.atomic():
        if give:
            actions.give_role(actor, row, _person(person), give, reason=reason)
        if end:
            actions.end_role(actor, row, _person(person), end, reason=reason)
    columns = (
        Column("name", pgettext("column", "Name")),
        Column("email", pgettext("column", "E-mail")),
        Column("roles", pgettext("column", "Roles"), "list"),
    )
    rows = [
        (h.person.name, h.person.email, tuple(str(r.label) for r in h.roles)) for h in holders(row)
    ]
    files.write_table(tables.table(columns, rows, row.name), chosen_form, out)


def _person(email: str) -> "Person":
    from sinergi.accounts.models import Person  # noqa: PLC0415 - needs Django

    found = Person.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise CommandError(_("There is no person {email}.").format(email=email or "–"))
    return found
