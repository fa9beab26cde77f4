"""The files of an agreement: which somebody may read, and what rests on one."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergi.accounts.principal import Principal
from sinergi.agreements import errors
from sinergi.agreements.models import Agreement, Attachment
from sinergi.agreements.queries import reading

USES = {
    "advice": gettext_lazy("an advice"),
    "approval": gettext_lazy("an approval"),
    "change": gettext_lazy("a change"),
    "due": gettext_lazy("a fulfilment"),
    "signature": gettext_lazy("a signature"),
    "tariff": pgettext_lazy("what rests on a file", "a tariff"),
}
"""Model to its name, for what can rest on a file."""


def attachments(agreement: Agreement) -> QuerySet[Attachment]:
    """Return the files of an agreement that were not taken out, newest first, without their text."""
    rows = Attachment.objects.filter(agreement=agreement, removed_at=None)
    return rows.select_related("file", "party", "by").defer("file__text")


def attachment(by: Principal, agreement_id: int, attachment_id: int) -> Attachment:
    """Return one file of an agreement, if the agreement may be read.

    Raises
    ------
    UnseenError
    """
    agreement = reading.agreement(by, agreement_id)
    found = attachments(agreement).filter(pk=attachment_id).first()
    if found is None:
        raise errors.not_found(_("The file"))
    found.agreement = agreement
    return found


def uses(row: Attachment) -> list[str]:
    """Return what rests on a file, in words, each kind once."""
    found = set()
    for relation in Attachment._meta.get_fields(include_hidden=True):  # noqa: SLF001 - documented
        if not relation.auto_created or relation.concrete:
            continue
        model: Any = relation.related_model
        field: Any = relation.remote_field
        if model._base_manager.filter(**{field.name: row}).exists():  # noqa: SLF001
            name = str(model._meta.model_name)  # noqa: SLF001
            found.add(str(USES.get(name, model._meta.verbose_name)))  # noqa: SLF001
    return sorted(found)
