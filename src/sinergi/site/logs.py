"""What is logged and how: one line an event, with the number of the request and without personal data."""

import json
import logging
import re
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

HIDDEN = "…"
ADDRESS = re.compile(r"[^\s@<>\"'(),:;/=]+@[^\s@<>\"'(),:;/=]+")
"""An e-mail address."""
SECRET = re.compile(r"(?=[\w:.\-~%]*\d)(?=[\w:.\-~%]*[A-Za-z])[\w:.\-~%]{20,}")
"""A part of a path that nobody can guess: an invitation, a key to reset a password, a token."""
BEARER = re.compile(r"(?i)\b(bearer|basic|token)\s+[\w.~+/=-]{8,}")
PATH = re.compile(r"/[^\s\"'<>]*")
FILES = "/static/"
NUMBERED = re.compile(r"(?:(?<=/undangan/)|(?<=/hadir/))[^/]+")
"""What follows the words of invitations and of passes, however it looks."""


@dataclass(slots=True)
class Asked:
    """The request that is being answered, as the log tells it."""

    request_id: str = ""
    method: str = ""
    path: str = ""
    person: int | None = None


current: ContextVar[Asked | None] = ContextVar("asked", default=None)
"""The request that this thread answers."""


def masked_path(path: str) -> str:
    """Return a path without query, and without the secrets and addresses in it."""
    path = path.partition("?")[0]
    if path.startswith(FILES):
        return path
    path = NUMBERED.sub(HIDDEN, path)
    parts = (HIDDEN if SECRET.fullmatch(part) or "@" in part else part for part in path.split("/"))
    return "/".join(parts)


def masked(text: str) -> str:
    """Return a text of a log without e-mail addresses, bearers of tokens, and secrets of paths."""
    text = ADDRESS.sub(HIDDEN, BEARER.sub(rf"\1 {HIDDEN}", text))
    return PATH.sub(lambda found: masked_path(found[0]), text)


class Line(logging.Formatter):
    """One line of text: time, level, logger, what; with the request where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback follows on lines of its own."""
        told = described(record)
        trace = told.pop("traceback", "")
        head = f"{told.pop('time')} {told.pop('level')} {told.pop('logger')} {told.pop('message')}"
        rest = " ".join(f"{name}={value}" for name, value in told.items())
        return "\n".join(part for part in (f"{head} {rest}".rstrip(), trace) if part)


class JsonLine(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object."""
        return json.dumps(described(record), ensure_ascii=False, default=str)


def described(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a record tells, by name."""
    told: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": masked(record.getMessage()).replace("\n", "\\n"),
    }
    asked = current.get()
    if asked is not None:
        told |= {"request_id": asked.request_id, "method": asked.method, "path": asked.path}
        if asked.person is not None:
            told["person"] = asked.person
    told |= getattr(record, "told", {})
    if record.exc_info:
        told["traceback"] = masked_trace(logging.Formatter().formatException(record.exc_info))
    return told


def masked_trace(text: str) -> str:
    """Return a traceback without e-mail addresses and tokens; the paths of its files stay."""
    return ADDRESS.sub(HIDDEN, BEARER.sub(rf"\1 {HIDDEN}", text))


def configuration(form: str, level: str) -> dict[str, Any]:
    """Return the settings of logging: everything to standard error, in `form`, from `level` on."""
    kind = "JsonLine" if form == "json" else "Line"
    quiet = "WARNING" if form == "text" and level == "INFO" else level
    loggers = {
        "": {"handlers": ["stderr"], "level": "WARNING"},
        "sinergi": {"level": level},
        "sinergi.access": {"level": quiet},
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": True},
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "gunicorn.error": {"level": "WARNING", "propagate": True},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"sinergi.site.logs.{kind}"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        },
        "loggers": loggers,
    }
