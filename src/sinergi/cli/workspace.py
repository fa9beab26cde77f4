"""Opens the installation that a command works in: Django, its database and its language."""

import os

from sinergi.cli import language


def open_workspace() -> None:
    """Set Django up, once per process, and let it speak the language of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinergi.site.settings")
    import django  # noqa: PLC0415 - commands that need no database start without it
    from django.apps import apps  # noqa: PLC0415 - as above
    from django.utils import translation  # noqa: PLC0415 - as above

    if not apps.ready:
        django.setup()
    translation.activate(language.chosen())


def open_evidence() -> None:
    """Open the workspace and make sure that there is evidence to compute from.

    Raises
    ------
    CommandError
        When nothing is loaded yet; names the command that loads it.
    """
    from sinergi.cli.failures import CommandError  # noqa: PLC0415 - as above

    open_workspace()
    from sinergi.evidence import queries  # noqa: PLC0415 - needs Django

    if not queries.as_of():
        raise CommandError(
            language.gettext("No evidence is loaded yet. Run `sinergi setup` first.")
        )
