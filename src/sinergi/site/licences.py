"""Licences of evidence and of the country pack in the language of the page."""

from django.utils.translation import gettext_lazy as _

from sinergi.evidence.licences import licence_label

PACK = {
    "Peraturan perundang-undangan: tanpa hak cipta": _("Legislation: no copyright"),
    "Teks peraturan; ekspor tidak menyebut lisensi": _(
        "Text of legislation; the export states no licence"
    ),
    "Fakta": _("Facts"),
    "Fakta dan kutipan peraturan": _("Facts and quotations of legislation"),
}


def licence_words(text: str) -> str:
    """Return a licence as it is called in the language of the page; an unknown one stays."""
    return str(PACK[text]) if text in PACK else licence_label(text)
