"""A priority list as a file: the annex in Excel, Word and PDF, the data in CSV and JSON."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Visibility
from sinergi.accounts.principal import Principal
from sinergi.opportunities.lists import errors, queries
from sinergi.opportunities.lists.exports import data, excel, pdf, word
from sinergi.opportunities.models import PriorityList

WRITERS: dict[str, Callable[[PriorityList], bytes]] = {
    "xlsx": excel.write,
    "docx": word.write,
    "pdf": pdf.write,
    "csv": data.write_csv,
    "json": data.write_json,
}
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def file_name(plan: PriorityList, fmt: str) -> str:
    """Return `daftar-kerja-sama-<list>-2026-11-21.xlsx` in the active language."""
    slug = slugify(plan.name)[:60].strip("-") or str(plan.pk)
    stem = _("cooperation-list")
    return f"{stem}-{slug}-{timezone.localdate():%Y-%m-%d}.{fmt}"


def export_list(by: Principal, list_id: int, fmt: str, language: str = "id") -> tuple[str, bytes]:
    """Return file name and content of a list; that a private one left is recorded.

    What is public may be read by everybody without a trace, so that its export leaves none either.

    Parameters
    ----------
    fmt
        xlsx, docx, pdf, csv or json.
    language
        id or en.

    Raises
    ------
    NotFoundError
        When there is no such list.
    FormatError
        When there is no such format.
    """
    with translation.override(language):
        if fmt not in WRITERS:
            raise errors.FormatError(
                _("There is no format “%(format)s”. Choose one of: %(formats)s.")
                % {"format": fmt, "formats": ", ".join(WRITERS)}
            )
        plan = queries.get_list(by, list_id)
        content = WRITERS[fmt](plan)
        if plan.visibility != Visibility.PUBLIC:
            _record(by, plan, fmt)
        return file_name(plan, fmt), content


@transaction.atomic
def _record(by: Principal, plan: PriorityList, fmt: str) -> None:
    record_on(by, Verb.EXPORTED, plan, after={"format": fmt, "revision": plan.revision})
