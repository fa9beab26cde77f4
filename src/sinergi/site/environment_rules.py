"""Reads the environment variables; says in one line each which is wrong, what was given, what it may be."""

import logging
import os
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from pydantic import SecretStr, ValidationError

from sinergi.site.early_words import gettext, gettext_noop
from sinergi.site.environment import ELSEWHERE, ELSEWHERE_BEGINS, PREFIX, Environment

SECRETS = frozenset(
    {
        "secret_key",
        "secret_key_fallbacks",
        "database_url",
        "owner_database_url",
        "email_url",
        "metrics_token",
    }
)
"""Fields whose value is never shown."""
LONG_KEY = 50
log = logging.getLogger("sinergi.environment")


class EnvironmentRefusedError(ImproperlyConfigured):
    """Variables are wrong or missing; the text has one line for each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def given(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what an environment says, by field; an empty variable counts as not there."""
    found = {
        name[len(PREFIX) :].lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and value
    }
    return {name: value for name, value in found.items() if name in Environment.model_fields}


def unknown(environ: Mapping[str, str]) -> list[str]:
    """Return the variables that begin like ours and are read by nobody: probably mistyped."""
    known = {name.upper() for name in Environment.model_fields} | ELSEWHERE
    ends = (name.removeprefix(PREFIX) for name in environ if name.startswith(PREFIX))
    return sorted(
        PREFIX + end for end in ends if end not in known and not end.startswith(ELSEWHERE_BEGINS)
    )


def read(environ: Mapping[str, str] | None = None) -> Environment:
    """Return the validated environment; warn of variables that nobody reads.

    Raises
    ------
    EnvironmentRefusedError
        When a variable is wrong, or one is missing that production needs.
    """
    environ = os.environ if environ is None else environ
    for name in unknown(environ):
        log.warning(gettext("%s is no variable of Sinergi; is it mistyped?"), name)
    values = given(environ)
    try:
        environment = Environment.model_validate(values)
    except ValidationError as error:
        raise EnvironmentRefusedError(_wrong(error, values)) from None
    if lines := [*_production(environment)]:
        raise EnvironmentRefusedError(lines)
    return environment


def _wrong(error: ValidationError, values: dict[str, str]) -> list[str]:
    """Return a line for each variable that was refused."""
    names = dict.fromkeys(str(one["loc"][0]) for one in error.errors(include_input=False))
    return [line(name, values.get(name, "")) for name in names]


def line(name: str, value: str) -> str:
    """Return what is wrong with a variable and what it may be; a secret is only measured."""
    may = gettext(str(Environment.model_fields[name].description))
    variable = PREFIX + name.upper()
    if name in SECRETS:
        text = gettext(
            "{variable}: what was given ({count} characters, not shown) cannot be used; it may be: {may}."
        )
        return text.format(variable=variable, count=len(value), may=may)
    shown = value if len(value) <= 80 else value[:80] + "…"
    text = gettext("{variable}: “{value}” cannot be used; it may be: {may}.")
    return text.format(variable=variable, value=shown.translate(_CONTROLS), may=may)


_CONTROLS = dict.fromkeys([*range(32), 127], "·")


def _production(environment: Environment) -> Iterator[str]:
    """Give a line for everything that production needs and this environment lacks."""
    if not environment.production:
        return
    for name, bad in PRODUCTION:
        if why := bad(environment):
            text = gettext("{variable}: {why} (SINERGI_PRODUCTION is on); it may be: {may}.")
            may = gettext(str(Environment.model_fields[name].description))
            yield text.format(variable=PREFIX + name.upper(), why=gettext(why), may=may)


MISSING = gettext_noop("it is missing")
SHORT = gettext_noop("it is missing or too short")
PLAIN = gettext_noop("it is missing or begins with http://")
OFF = gettext_noop("it cannot be on")
NAMED = gettext_noop("it is missing or names only this machine, or everything")


def _short(secret: SecretStr | None) -> bool:
    return secret is None or len(set(secret.get_secret_value())) < 5 or len(
        secret.get_secret_value()
    ) < LONG_KEY  # fmt: skip


def _named(environment: Environment) -> bool:
    default = Environment.model_fields["hosts"].default
    return environment.hosts != default and "*" not in environment.hosts


PRODUCTION: tuple[tuple[str, Any], ...] = (
    ("secret_key", lambda one: SHORT if _short(one.secret_key) else ""),
    ("hosts", lambda one: "" if _named(one) else NAMED),
    ("base_url", lambda one: "" if (one.base_url or "").startswith("https://") else PLAIN),
    ("email_url", lambda one: "" if one.email_url else MISSING),
    ("debug", lambda one: OFF if one.debug else ""),
    ("demo", lambda one: OFF if one.demo else ""),
)
"""Field, and what is wrong with it in production."""
