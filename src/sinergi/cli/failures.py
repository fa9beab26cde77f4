"""What went wrong, as one line with the remedy and an exit code; never a traceback."""

import os
import re
from collections.abc import Callable
from typing import Any

import typer

from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, pgettext

OK, FINDINGS, USAGE, INTERRUPTED, BROKEN = 0, 1, 2, 130, 70

CLICK_ERROR = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
"""Base of the errors in arguments; Typer does not name it, and has moved it between versions."""


class CommandError(Exception):
    """A command cannot do what was asked; the text is translated and says what to do.

    Parameters
    ----------
    message
        What is wrong, where, and the remedy.
    code
        Exit code: `USAGE` unless the command did its work and found something.
    """

    def __init__(self, message: str, code: int = USAGE) -> None:
        super().__init__(message)
        self.code = code


Told = tuple[str, int]


def tell(error: BaseException) -> Told:
    """Return message and exit code for any error.

    Errors of the rooms are recognised by name, so that no room is imported only to fail.
    """
    for kind in type(error).__mro__:
        teller = TELLERS.get(f"{kind.__module__}.{kind.__qualname__}")
        if teller is not None:
            return teller(error)
    if isinstance(error, CLICK_ERROR):
        return _usage(error)
    return _unexpected(error)


def _command(error: Any) -> Told:
    return str(error), error.code


def _setting(error: Any) -> Told:
    from sinergi.opportunities.messages import message  # noqa: PLC0415 - only when it is needed

    return message(error), USAGE


def _method(error: Any) -> Told:
    return error.translated(_), USAGE


def _region(error: Any) -> Told:
    meant = ", ".join(f"{one.code} {one.name}" for one in error.suggestions)
    text = _("There is no region “{told}”.").format(told=error.told)
    if meant:
        return f"{text} " + _("Meant: {meant}?").format(meant=meant), USAGE
    return f"{text} " + _("Look for it with `sinergi reference search`."), USAGE


def _reference_file(error: Any) -> Told:
    from sinergi.reference.messages import problem_text  # noqa: PLC0415 - only when it is needed

    head = _("{file} was not loaded:").format(file=error.file)
    return "\n".join([head, *(f"  {problem_text(one)}" for one in error.problems)]), FINDINGS


def _pack(error: Any) -> Told:
    from sinergi.reference.messages import issue_text  # noqa: PLC0415 - only when it is needed

    head = _("The reference pack in {folder} cannot be used; `sinergi reference check` lists why.")
    first = [f"  {issue_text(issue)}" for issue in error.issues[:5]]
    return "\n".join([head.format(folder=error.folder), *first]), FINDINGS


def _list(error: Any) -> Told:
    fields = getattr(error, "fields", None)
    if not fields:
        return str(error), USAGE
    from sinergi.opportunities.lists.words import field_name  # noqa: PLC0415 - only when needed

    return " ".join(f"{field_name(name)}: {text}" for name, text in fields.items()), USAGE


def _as_told(error: Any) -> Told:
    return str(error), USAGE


def _system(error: Any) -> Told:
    where = error.filename or pgettext("column", "file")
    return f"{where}: {error.strerror or error}", USAGE


def _database(error: Any) -> Told:
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    if "no such table" in text or "does not exist" in text or "no such column" in text:
        return _("Nothing is set up here yet. Run `sinergi setup` first."), USAGE
    if "disk I/O error" in text:
        return _(
            "The disk refused a read or a write ({why}); nothing was changed. It may be full or damaged: "
            "make room or look at it, then try again."
        ).format(why=text), USAGE
    if "disk is full" in text or "No space left" in text:
        return _(
            "There is no room left on the disk; nothing was changed. Make room, then try again."
        ), USAGE
    if "locked" in text:
        return _("The database is busy with another command. Try again when it is done."), USAGE
    return _("The database cannot be used: {why}").format(why=text), USAGE


TELLERS: dict[str, Callable[[Any], Told]] = {
    "sinergi.cli.failures.CommandError": _command,
    "sinergi.opportunities.settings.SettingsError": _setting,
    "sinergi.opportunities.lists.errors.ListError": _list,
    "sinergi.accounts.errors.AccountsError": _as_told,
    "sinergi.site.keeping.errors.KeepingError": lambda error: (str(error), FINDINGS),
    "sinergi.analysis.errors.InputError": _method,
    "sinergi.reference.errors.UnknownRegion": _region,
    "sinergi.reference.errors.ReferenceFileError": _reference_file,
    "sinergi.reference.pack.issues.PackError": _pack,
    "sinergi.evidence.imports.mapping.MappingError": _as_told,
    "sinergi.evidence.actions.undo.UndoRefusedError": _as_told,
    "sinergi.evidence.actions.load.ImportRefusedError": lambda error: (str(error), FINDINGS),
    "django.db.utils.Error": _database,
    "django.core.exceptions.ImproperlyConfigured": _as_told,
    "builtins.OSError": _system,
    "builtins.MemoryError": lambda _error: (_("There is not enough memory for this."), USAGE),
}

ARGUMENTS = (
    (r"Missing option '?(?P<name>[^'.]+)'?.*", gettext_noop("The option {name} is missing.")),
    (
        r"Missing (?:argument|parameter):? '?(?P<name>[^'.]+)'?.*",
        gettext_noop("The argument {name} is missing."),
    ),
    (r"Missing command\.?", gettext_noop("The command is missing.")),
    (
        r"No such option: (?P<name>\S+)(?P<rest>.*)",
        gettext_noop("There is no option {name}.{rest}"),
    ),
    (
        r"No such command '(?P<name>.+?)'\.(?P<rest>.*)",
        gettext_noop("There is no command {name}.{rest}"),
    ),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)",
        gettext_noop("Too many arguments: {name}."),
    ),
    (
        r"Option '(?P<name>.+)' requires an argument\.?",
        gettext_noop("The option {name} needs a value."),
    ),
    (r"Invalid value for '?(?P<name>[^:]+?)'?: (?P<rest>.*)", gettext_noop("{name}: {rest}")),
)
"""How the argument parser says it, and how it is told; the second is translated."""

VALUES = (
    (
        r"(?:Value error, )?'(?P<told>.*?)' is not one of (?P<list>.*?)\.?",
        gettext_noop("“{told}” is not one of {list}."),
    ),
    (r".*valid integer.*", gettext_noop("this is not a whole number.")),
    (r".*less than or equal to (?P<most>\S+).*", gettext_noop("this is more than {most}.")),
    (r".*greater than or equal to (?P<least>\S+).*", gettext_noop("this is less than {least}.")),
    (r".*'(?P<told>.*)' is a directory.*", gettext_noop("“{told}” is a folder; name a file.")),
)
"""The same for values of the wrong kind."""


def _usage(error: Any) -> Told:
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.ctx.get_help()), error.exit_code
    told = " ".join(str(error.format_message()).split())
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "sinergi"
    hint = _("See `{command} --help`.").format(command=path)
    return f"{_reworded(told)} {hint}", error.exit_code


def _reworded(told: str) -> str:
    """Return what the argument parser says in the language spoken; as it is where it is not known."""
    for pattern, text in ARGUMENTS:
        if found := re.fullmatch(pattern, told):
            words = found.groupdict()
            words["name"] = (words.get("name") or "").replace("'", "")
            for value_pattern, value_text in VALUES:
                if value := re.fullmatch(value_pattern, words.get("rest") or ""):
                    words["rest"] = _(value_text).format(**value.groupdict())
                    break
            return _(text).format(**words)
    return told


def _unexpected(error: BaseException) -> Told:
    if os.environ.get("SINERGI_DEBUG") == "1":
        raise error
    text = _("Something failed that should not: {kind}: {why}. SINERGI_DEBUG=1 shows where.")
    return text.format(kind=type(error).__name__, why=error), BROKEN
