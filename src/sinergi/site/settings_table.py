"""Writes docs/settings.md from the model of the environment: `python -m sinergi.site.settings_table`."""

import sys
from typing import Any

from sinergi.site.environment import PREFIX, Environment
from sinergi.site.environment_rules import PRODUCTION, SECRETS

HEAD = """# Settings

Every setting is an environment variable; an empty one counts as not given. A wrong one stops the
start with a line that names it. Secrets are never shown. The table is made from
`src/sinergi/site/environment.py` by `python -m sinergi.site.settings_table > docs/settings.md`.

| variable | what it is for | what it may be | without it |
| --- | --- | --- | --- |
"""
TAIL = """
In production (`SINERGI_PRODUCTION=1`) these are checked further, and the start is refused unless they
hold: {names}.

The command line reads `SINERGI_LANGUAGE` (`id` or `en`) and `SINERGI_AS` (act as a person); exports
read `SINERGI_ANNEX_DOCX` and `SINERGI_ANNEX_TYP` (templates of your own). Any other variable that
begins with `SINERGI_` is told at start as probably mistyped.
"""


def _default(name: str, field: Any) -> str:
    if name == "home":
        return "`var` in the current folder"
    if name == "pack":
        return "the Indonesian pack"
    if field.default is None or field.default == ():
        return "–"
    if isinstance(field.default, bool):
        return str(int(field.default))
    if isinstance(field.default, tuple):
        return f"`{','.join(field.default)}`"
    return f"`{field.default}`"


def table() -> str:
    """Return the whole page."""
    rows = [
        f"| `{PREFIX}{name.upper()}`{' (secret)' if name in SECRETS else ''} | {field.title} "
        f"| {field.description} | {_default(name, field)} |"
        for name, field in Environment.model_fields.items()
    ]
    names = ", ".join(f"`{PREFIX}{name.upper()}`" for name, _ in PRODUCTION)
    return HEAD + "\n".join(rows) + "\n" + TAIL.format(names=names)


if __name__ == "__main__":
    sys.stdout.write(table())
