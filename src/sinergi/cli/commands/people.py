"""`administrator`, `person`, `demo`: who holds the keys, who is let in, who plays in the demo."""

from typing import Annotated

import typer

from sinergi.cli import files, screen, tables
from sinergi.cli.commands.options import Format, Out
from sinergi.cli.failures import CommandError
from sinergi.cli.language import chosen, gettext_noop, pgettext
from sinergi.cli.language import gettext as _
from sinergi.cli.tables import Column
from sinergi.cli.workspace import acting, open_workspace

LOCAL = "http://127.0.0.1:8000"
"""How links begin where SINERGI_BASE_URL says nothing."""
app = typer.Typer(
    no_args_is_help=True, help=gettext_noop("List people, shut them out, let them in.")
)
Email = Annotated[
    str, typer.Argument(metavar="EMAIL", help=gettext_noop("E-mail address of the person."))
]
Reason = Annotated[str, typer.Option("--reason", help=gettext_noop("Why, for the audit trail."))]


def base() -> str:
    """Return how links begin."""
    from django.conf import settings  # noqa: PLC0415 - needs Django

    return str(settings.SINERGI_BASE_URL or LOCAL)


def administrator_command(
    email: Email,
    name: Annotated[str, typer.Option("--name", help=gettext_noop("Name of the person."))],
) -> None:
    """Make an administrator of the installation, and print the link by which a password is chosen."""
    open_workspace()
    from sinergi.accounts.actions.founding import (  # noqa: PLC0415 - needs Django
        found_administrator,
        link_to_password,
    )

    person = found_administrator(acting(), email, name, language=chosen())
    text = _("{name} <{email}> is an administrator of this installation.")
    screen.say(text.format(name=person.name, email=person.email))
    if not person.has_usable_password():
        screen.note(_("Choose a password here; the link works once, for two hours:"))
        screen.say(link_to_password(person, base()))


@app.command("list", help=gettext_noop("List the people of the installation."))
def list_command(form: Format = None, out: Out = None) -> None:
    """List the people of the installation."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.accounts import rules  # noqa: PLC0415 - needs Django
    from sinergi.accounts.queries.directory import people  # noqa: PLC0415 - as above

    rules.require(acting(), rules.INSTALLATION)
    columns = (
        Column("name", pgettext("column", "Name")),
        Column("email", pgettext("column", "E-mail")),
        Column("roles", pgettext("column", "Roles"), "count"),
        Column("active", pgettext("column", "Active"), "yes_no"),
        Column("administrator", pgettext("column", "Administrator"), "yes_no"),
    )
    rows = [(p.name, p.email, p.held, p.is_active, p.is_administrator) for p in people()]
    files.write_table(tables.table(columns, rows, pgettext("column", "People")), chosen_form, out)


@app.command("deactivate", help=gettext_noop("Shut a person out at once; roles are kept."))
def deactivate_command(email: Email, reason: Reason = "") -> None:
    """Shut a person out."""
    _let(email, reason, inside=False)


@app.command("reactivate", help=gettext_noop("Let a person in again."))
def reactivate_command(email: Email, reason: Reason = "") -> None:
    """Let a person in again."""
    _let(email, reason, inside=True)


def _let(email: str, reason: str, *, inside: bool) -> None:
    open_workspace()
    from sinergi.accounts.actions.people import (  # noqa: PLC0415 - needs Django
        deactivate_person,
        reactivate_person,
    )
    from sinergi.accounts.models import Person  # noqa: PLC0415 - as above

    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise CommandError(_("There is no person {email}.").format(email=email))
    if inside:
        reactivate_person(acting(), person, reason=reason)
        screen.say(_("{email} is let in again.").format(email=person.email))
    else:
        deactivate_person(acting(), person, reason=reason)
        screen.say(_("{email} is shut out.").format(email=person.email))


def demo_command() -> None:
    """Make the organisations, people and lists of the demo that are missing, and print who signs in how."""
    open_workspace()
    from sinergi.site.demo.prepare import prepare_demo  # noqa: PLC0415 - needs Django

    columns = (
        Column("name", pgettext("column", "Name")),
        Column("role", pgettext("column", "Role")),
        Column("email", pgettext("column", "E-mail")),
        Column("password", pgettext("column", "Password")),
    )
    rows = [
        (one.name, one.what, one.email, one.password or _("changed by its person"))
        for one in prepare_demo()
    ]
    screen.show(tables.table(columns, rows, _("People of the demo")))
    screen.note(_("The passwords were made for this installation only and are kept in its home."))
