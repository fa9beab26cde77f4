"""`organisation confirm-provider`: the operator's word for a provider of sign-in and its domains."""

from typing import Annotated

import typer

from sinergi.cli import screen
from sinergi.cli.commands.organisations import Code
from sinergi.cli.commands.people import Reason
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop
from sinergi.cli.workspace import acting, open_workspace


def confirm_command(
    code: Code,
    domain: Annotated[
        list[str] | None,
        typer.Option(
            "--domain",
            help=gettext_noop("Domain that you know to be the organisation's; repeat for each."),
        ),
    ] = None,
    reason: Reason = "",
) -> None:
    """Confirm the provider of sign-in of an organisation; without domains, tell what would be confirmed."""
    open_workspace()
    from sinergi.accounts import rules  # noqa: PLC0415 - needs Django
    from sinergi.accounts.actions.providers import confirm_provider  # noqa: PLC0415 - as above
    from sinergi.accounts.models import SignInProvider  # noqa: PLC0415 - as above
    from sinergi.accounts.queries.organisations import organisation  # noqa: PLC0415 - as above

    owner, actor = organisation(code), acting()
    rules.require(actor, rules.INSTALLATION)
    row = SignInProvider.objects.filter(organisation=owner).first()
    if row is None:
        raise CommandError(_("{code} has no provider of sign-in.").format(code=code))
    if domain:
        if {one.strip().lower() for one in domain} != set(row.domains):
            text = _("The provider names other domains: {domains}. Nothing was confirmed.")
            raise CommandError(text.format(domains=", ".join(row.domains)))
        row = confirm_provider(actor, owner, revision=row.revision, reason=reason)
    told = (
        _("{code}: {issuer}, client {client}, domains {domains}: confirmed.")
        if row.confirmed_at
        else _(
            "{code}: {issuer}, client {client}, domains {domains}: waits. Name the domains to confirm it."
        )
    )
    domains = ", ".join(row.domains)
    screen.say(told.format(code=code, issuer=row.issuer, client=row.client_id, domains=domains))
