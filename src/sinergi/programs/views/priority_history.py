"""The history of a ranking in words: which criterion and line, from what to what."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.accounts.audit.history import Deed, history_for
from sinergi.accounts.audit.words import field_name, value_text
from sinergi.accounts.principal import Principal
from sinergi.accounts.views.history_lines import Line, lines
from sinergi.evidence.queries import indicator_catalogue
from sinergi.programs.models import Alternative, PlanLine, Ranking, VersionState
from sinergi.programs.queries.plans import plans
from sinergi.programs.queries.priority import criteria_shown

WEIGHT = "weight_"


def history_of(by: Principal, one: Ranking, part: str = "") -> list[Line]:
    """Return the history of a ranking, or of a part of it, as lines that somebody may know of."""
    deeds = history_for(by, one, part=part)
    words = _Words(by, one, deeds)
    return lines(by, deeds, field_name=words.name, shown=words.value, subject=words.subject)


class _Words:
    """Names of the criteria, lines and plans that some deeds are about; four queries for all of them."""

    def __init__(self, by: Principal, one: Ranking, deeds: list[Deed]) -> None:
        found = criteria_shown(one)
        self.by_code = {each.code: each.title for each in found}
        self.by_part = {f"criterion:{each.pk}": each.title for each in found}
        told = [values for deed in deeds for values in (deed.before, deed.after)]
        readable = plans(by).filter(pk__in={v["plan"] for v in told if _is_number(v, "plan")})
        self.plans = dict(readable.values_list("pk", "title"))
        self.lines = _titles(by, {v["line"] for v in told if _is_number(v, "line")})

    def name(self, name: str) -> str:
        """Return the name of a field."""
        if name.startswith(WEIGHT):
            code = name.removeprefix(WEIGHT)
            return _("weight of “%(criterion)s”") % {"criterion": self.by_code.get(code, code)}
        return _("Lines") if name == "rows" else field_name(name)

    def value(self, name: str, value: Any, _deed: Deed) -> str:
        """Return a recorded value."""
        if name in ("line", "plan"):
            known = self.lines if name == "line" else self.plans
            return known.get(value, _("not visible to you"))
        if name.startswith(WEIGHT):
            return f"{number_format(round(float(value) * 100, 1), decimal_pos=1)}%"
        if name == "indicator" and value in indicator_catalogue():
            return indicator_catalogue()[value].name(get_language() or "id")
        if isinstance(value, float):
            return number_format(value, force_grouping=True)
        return value_text(name, value)

    def subject(self, deed: Deed) -> str:
        """Return the criterion that a deed was done to."""
        title = deed.after.get("title") or deed.before.get("title")
        return self.by_part.get(deed.part) or str(title or "")


def _is_number(values: dict[str, Any], name: str) -> bool:
    return isinstance(values.get(name), int)


def _titles(by: Principal, numbers: set[int]) -> dict[int, str]:
    """Return the titles of the lines of alternatives, of plans that somebody may read."""
    rows = Alternative.objects.filter(pk__in=numbers, plan__in=plans(by).order_by().values("pk"))
    by_identity = {identity: number for number, identity in rows.values_list("pk", "identity")}
    found = PlanLine.objects.filter(
        identity__in=by_identity, version__state=VersionState.CURRENT
    ).values_list("identity", "title")
    return {by_identity[identity]: title for identity, title in found}
