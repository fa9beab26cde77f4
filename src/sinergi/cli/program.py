"""The root of all commands: chooses the language, turns every error into one line and an exit code."""

import contextlib
import contextvars
import gettext as gettext_library
import os
import sys
from typing import Any

from typer.core import TyperGroup

from sinergi.cli import failures, language
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop


class Program(TyperGroup):
    """All commands of `sinergi`."""

    def main(self, args: Any = None, *rest: Any, **extra: Any) -> Any:
        """Run one command line and exit with its code."""
        given = list(sys.argv[1:] if args is None else args)
        language.choose(language.guess(given, os.environ))
        _speak_in_help()
        translate_help(self)
        extra["standalone_mode"] = False
        # What a command opens for itself, such as the evidence of an organisation, ends with it; its errors
        # are still told in its language.
        context = contextvars.copy_context()
        sys.exit(context.run(self._run, language.without_choice(given), *rest, **extra))

    def _run(self, args: Any, *rest: Any, **extra: Any) -> int:
        try:
            code = super().main(args, *rest, **extra)
            sys.stdout.flush()
        except BrokenPipeError:
            _close_quietly()
            return failures.OK
        except (KeyboardInterrupt, EOFError):
            return _stopped()
        except Exception as error:
            if type(error).__name__ == "Abort":
                return _stopped()
            message, code = failures.tell(error)
            sys.stderr.write(message + "\n")
            return code
        if code == failures.INTERRUPTED:
            return _stopped()
        return code if isinstance(code, int) else failures.OK


OF_TYPER = (
    gettext_noop("Arguments"),
    gettext_noop("Options"),
    gettext_noop("Commands"),
    gettext_noop("Install completion for the current shell."),
    gettext_noop(
        "Show completion for the current shell, to copy it or customize the installation."
    ),
    gettext_noop("required"),
    gettext_noop("default: {default}"),
    gettext_noop("[required]"),
    gettext_noop("[default: {}]"),
)
"""Texts of the argument parser that are seen in help; it asks the standard library for them."""


def _speak_in_help() -> None:
    """Let the argument parser find its texts in our catalogue."""
    gettext_library.bindtextdomain("django", str(language.LOCALE))
    gettext_library.textdomain("django")
    os.environ["LANGUAGE"] = language.chosen()


def _stopped() -> int:
    sys.stderr.write("\n" + _("Stopped.") + "\n")
    return failures.INTERRUPTED


def _close_quietly() -> None:
    """Keep the interpreter from complaining when the reader of a pipe has gone."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def translate_help(command: Any) -> None:
    """Put the help of a command, its options and its commands in the language spoken."""
    for thing in (command, *command.params):
        for words in ("help", "rich_help_panel"):
            if text := getattr(thing, words, None):
                setattr(thing, words, _(text))
    for part in getattr(command, "commands", {}).values():
        translate_help(part)
