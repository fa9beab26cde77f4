"""Documents as Word files from a template; the same payload gives the same file, byte for byte.

It knows neither Django nor the database, so that a template of somebody else is rendered in a process apart.
"""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sinergi.agreements.documents import wordml
from sinergi.agreements.documents.wordml import Markup
from sinergi.reference.archives import LONG_AGO, without_time

OWN_NAMES = frozenset(
    {
        "isi",
        "tanda_tangan",
        "pihak",
        "penerima_surat",
        "pasal",
        "jenis",
        "versi",
        "keterangan",
        "perihal",
    }
)
"""What a template may name besides placeholders."""
Payload = Mapping[str, Any]
"""JSON: `values` by placeholder, `parties`, `clauses` with filled texts and more; see `rendering.payload`."""


def environment() -> ImmutableSandboxedEnvironment:
    """Return where templates are rendered: nothing inside of things, nothing unknown."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    return made


def context(payload: Payload) -> dict[str, Any]:
    """Return what a template may name."""
    values, style = payload["values"], payload["style"]
    tables = {code: value for code, value in values.items() if isinstance(value, dict)}
    told: dict[str, Any] = {
        code: Markup(wordml.body(f"{{{code}}}", tables))
        if isinstance(value, dict) or code.startswith("tabel_")
        else value or payload["gap"]
        for code, value in values.items()
    }
    found = payload["clauses"]
    return told | {
        "isi": Markup(wordml.clauses(found, style, tables, signed=bool(payload["signers"]))),
        "tanda_tangan": Markup(wordml.signatures(payload["signers"])),
        "pihak": payload["parties"],
        "penerima_surat": payload["receivers"],
        "pasal": [{**one, "isi": Markup(wordml.body(one["teks"], tables))} for one in found],
        "jenis": payload["kind"],
        "perihal": payload["subject"],
        "versi": payload["version"],
        "keterangan": payload["note"],
    }


def write(template: bytes, payload: Payload) -> bytes:
    """Return a document as a Word file.

    Raises
    ------
    jinja2.TemplateError
        When the template names what is not there, or cannot be read.
    """
    document = DocxTemplate(BytesIO(template))
    told = _clean(context(payload))
    document.render(told, environment(), autoescape=True)
    properties = document.core_properties
    properties.title = wordml_text(payload["subject"])[:250]
    properties.author = wordml_text(payload["author"])[:250]
    properties.language = "id-ID"
    properties.created = properties.modified = datetime(*LONG_AGO[:6])  # noqa: DTZ001 - of the archive
    out = BytesIO()
    document.save(out)
    return without_time(out.getvalue())


def wordml_text(text: str) -> str:
    """Return text without the characters that no document may hold."""
    return "".join(c for c in text if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff"))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return wordml_text(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return value
