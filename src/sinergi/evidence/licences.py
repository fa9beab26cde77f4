"""Licences and notes of the shipped sources in the language of the page."""

from django.utils.translation import gettext_lazy as _

SHIPPED = {
    "official statistics": _("official statistics"),
    "official statistics, the repository states no licence": _(
        "official statistics, the repository states no licence"
    ),
    "MIT (repository of the compilation)": _("MIT (repository of the compilation)"),
    "BPS via Bappenas regional analysis files; cleaned: 100× typing errors, two swapped districts "
    "and one wrong total corrected; Kota Pekalongan 2014 and Pegunungan Arfak 2013 left blank.": _(
        "BPS via Bappenas regional analysis files; cleaned: 100× typing errors, two swapped districts "
        "and one wrong total corrected; Kota Pekalongan 2014 and Pegunungan Arfak 2013 left blank."
    ),
    "Joined to regions by name, because the source mixes BPS and Kemendagri codes.": _(
        "Joined to regions by name, because the source mixes BPS and Kemendagri codes."
    ),
    "Missing values were imputed and extremes winsorised by the compiler: good for structure, "
    "not for a quotation.": _(
        "Missing values were imputed and extremes winsorised by the compiler: good for structure, "
        "not for a quotation."
    ),
}


def licence_label(text: str) -> str:
    """Return a licence, or several parted by `; `, in the language of the page; unknown ones stay."""
    return "; ".join(str(SHIPPED.get(part, part)) for part in text.split("; "))


def source_note(text: str) -> str:
    """Return the note of a source in the language of the page; notes of people stay as they are."""
    return str(SHIPPED.get(text, text))
