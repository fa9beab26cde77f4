"""Money as people say it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def rupiah(value: float) -> str:
    """Return money as people say it: Rp 12,7 miliar."""
    words = {"trillion": _("trillion"), "billion": _("billion"), "million": _("million")}
    for size, word in SCALES:
        if abs(value) >= size:
            amount = number_format(round(value / size, 1), 1, use_l10n=True, force_grouping=True)
            return _("IDR %(amount)s %(scale)s") % {"amount": amount, "scale": words[word]}
    amount = number_format(round(value), 0, use_l10n=True, force_grouping=True)
    return _("IDR %(amount)s") % {"amount": amount}
