"""The ledger in the words of the reader: sources, holders, uses, certainties, why a plan does not count."""

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from sinergi.analysis.ledger import Certainty, Origin
from sinergi.programs.funding.words import channel_name, number
from sinergi.programs.queries.money_cuts import REST
from sinergi.programs.templatetags.programs import short_rupiah
from sinergi.reference import queries as reference
from sinergi.reference.rupiah import rupiah

SOURCES = {
    "": gettext_lazy("channel not stated"),
    Origin.LENDER.value: gettext_lazy("lenders"),
    Origin.PRIVATE.value: gettext_lazy("companies"),
    Origin.PARTNER.value: gettext_lazy("another government, not named"),
    REST: gettext_lazy("all others"),
}
CERTAINTY = {
    Certainty.STATED: gettext_lazy("its channel says so"),
    Certainty.MATCHED: gettext_lazy("a transfer was seen"),
    Certainty.ASSUMED: gettext_lazy("assumed: a transfer was seen that must lie in these amounts"),
    Certainty.UNSEEN: gettext_lazy("no transfer seen for it"),
    Certainty.CIRCULAR: gettext_lazy("passed on in a circle, taken as the giver’s own"),
    Certainty.UNSTATED: gettext_lazy("channel not stated"),
}
WHY = {
    "counts": gettext_lazy("counts"),
    "other_stage": gettext_lazy("another stage of the same money counts"),
    "whole_government": gettext_lazy("the plan of the whole government counts"),
    "older": gettext_lazy("a newer plan of the same kind counts"),
    "never_counted": gettext_lazy("never counted: procurement is the same money"),
}
BY = {
    "source": pgettext_lazy("of money", "source"),
    "holder": pgettext_lazy("of money", "holder"),
    "affair": gettext_lazy("affair"),
    "region": gettext_lazy("place of use"),
    "province": gettext_lazy("province"),
    "channel": gettext_lazy("channel"),
    "year": gettext_lazy("year"),
    "certainty": gettext_lazy("how its source is known"),
}
LEVELS = {
    "nation": gettext_lazy("the nation"),
    "province": gettext_lazy("provinces"),
    "regency": gettext_lazy("regencies"),
    "city": gettext_lazy("cities"),
}


def region(code: str) -> str:
    """Return the name of a government; a code that the pack does not know as it is."""
    if not code:
        return _("receiver not named")
    known = reference.pack().region.get(code)
    return known.name if known else code


def source(code: str) -> str:
    """Return the name of a source."""
    return str(SOURCES[code]) if code in SOURCES else region(code)


def affair(code: str) -> str:
    """Return the name of an affair; `?` stands for what is not planned yet."""
    if code == "?":
        return _("not yet planned by the receiver")
    if code == REST:
        return _("all others")
    known = reference.affairs().get(code)
    return (
        f"{code} {known.name(get_language() or 'id')}" if known else code or _("no affair stated")
    )


def value(column: str, told: object) -> str:
    """Return a value of a column of the ledger."""
    if column == "certainty":
        return str(CERTAINTY[Certainty(int(str(told)))])
    code = str(told)
    if column == "source":
        return source(code)
    if column in ("holder", "region", "province"):
        return str(SOURCES[REST]) if code == REST else region(code)
    if column in ("affair", "use"):
        return affair(code)
    if column == "channel":
        return channel_name(code) if code else _("channel not stated")
    return code


def money(units: int) -> str:
    """Return minor units as rupiah, exactly."""
    return f"Rp {number(rupiah(units))}"


def short(units: int) -> str:
    """Return minor units in short, as other pages of the room write them: `Rp 125,55 miliar`."""
    return short_rupiah(rupiah(units))
