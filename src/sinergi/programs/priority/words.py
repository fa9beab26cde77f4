"""Rankings in words: methods, flags, and what contradicts what."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from sinergi.analysis.priority import Weighing
from sinergi.evidence.queries import indicator_catalogue
from sinergi.programs.models import Criterion, Plan, Ranking

WORST = 3
"""Comparisons that are named."""
METHODS = {
    "wsm": gettext_lazy("Weighted sum"),
    "wpm": gettext_lazy("Weighted product"),
    "topsis": gettext_lazy("TOPSIS"),
    "promethee": gettext_lazy("PROMETHEE II"),
    "electre": gettext_lazy("ELECTRE III"),
}
WHY_DIFFERENT = {
    "wsm": gettext_lazy("A very good value makes up for a very bad one."),
    "wpm": gettext_lazy("A very bad value pulls the whole down: balance is rewarded."),
    "topsis": gettext_lazy(
        "Closeness to the best and distance from the worst value of each criterion count, squared: "
        "extremes weigh more."
    ),
    "promethee": gettext_lazy(
        "Only against whom one wins counts, small differences not at all: distances beyond the preference "
        "threshold add nothing."
    ),
    "electre": gettext_lazy(
        "Majorities of criteria decide, small differences count nothing, and a veto can block: it leaves "
        "more ties."
    ),
}
FLAGS = {
    "official": pgettext_lazy("flag", "official"),
    "estimate": pgettext_lazy("flag", "estimate"),
    "imputed": pgettext_lazy("flag", "imputed"),
    "default": pgettext_lazy("flag", "default"),
    "computed": pgettext_lazy("flag", "computed"),
    "person": pgettext_lazy("flag", "said by a person"),
}


STEPS = frozenset({"1", *map(str, range(2, 10)), *(f"1/{step}" for step in range(2, 10))})
"""Values of a comparison in pairs as a form sends them."""


def scale_words(first: str, second: str) -> list[tuple[str, str]]:
    """Return the steps of a comparison in pairs: value as a form sends it, and which matters more."""
    words = {
        2: _("slightly more than equally"),
        3: _("moderately more"),
        4: _("moderately to strongly more"),
        5: _("strongly more"),
        6: _("strongly to very strongly more"),
        7: _("very strongly more"),
        8: _("very strongly to extremely more"),
        9: _("extremely more"),
    }
    told = _("%(name)s matters %(how)s")
    more = [
        (str(step), f"{step} – {told % {'name': first, 'how': how}}")
        for step, how in reversed(words.items())
    ]
    less = [
        (f"1/{step}", f"1/{step} – {told % {'name': second, 'how': how}}")
        for step, how in words.items()
    ]
    return [*more, ("1", _("1 – equally")), *less]


def indicator_names(criteria: Sequence[Criterion]) -> list[str]:
    """Return the name of the indicator of each criterion; empty without one, its code where none is known."""
    if not any(each.indicator for each in criteria):
        return [""] * len(criteria)
    known, language = indicator_catalogue(), get_language() or "id"
    return [
        known[each.indicator].name(language) if each.indicator in known else each.indicator
        for each in criteria
    ]


def unread(ranking: Ranking, plan: Plan) -> str:
    """Return why lines of a plan are not compared: the organisation of a ranking may not read it."""
    told = _(
        "The ranking belongs to %(organisation)s, which may not read the plan “%(plan)s”: its lines would "
        "not be compared. %(owner)s can share the plan with %(organisation)s on the page of the plan."
    )
    named = {"organisation": ranking.organisation.name, "owner": plan.organisation.name}
    return told % {**named, "plan": plan.title}


def step_text(value: float) -> str:
    """Return a comparison as people write it: 3 or 1/3."""
    return f"{value:.3g}" if value >= 1 else f"1/{1 / value:.3g}"


def contradictions(circles: Sequence[tuple[int, int, int]], names: Sequence[str]) -> list[str]:
    """Return in words which comparisons go round in a circle."""
    told = _("You said “%(a)s” over “%(b)s”, “%(b)s” over “%(c)s”, but “%(c)s” over “%(a)s”.")
    return [told % {"a": names[a], "b": names[b], "c": names[c]} for a, b, c in circles]


def misfits(found: Weighing, names: Sequence[str]) -> list[str]:
    """Return the comparisons that contradict the others most, with what would fit, the worst first."""
    told = _(
        "“%(a)s” against “%(b)s”: you said %(said)s, the others say %(fits)s; the consistency ratio would "
        "then be %(then)s."
    )
    return [
        told
        % {
            "a": names[one.first],
            "b": names[one.second],
            "said": step_text(one.said),
            "fits": step_text(one.fits),
            "then": number_format(round(one.ratio_then, 2), decimal_pos=2),
        }
        for one in found.misfits[:WORST]
    ]


def agreement_words(w: float) -> str:
    """Return what a coefficient of concordance says; the steps are a default of ours."""
    steps = (
        (0.9, _("The methods order nearly alike: the choice between them matters little.")),
        (0.7, _("The methods agree on the whole: look at the lines on which they part.")),
        (0.5, _("The methods agree in part only: do not rest a decision on one of them.")),
    )
    weak = _(
        "The methods hardly agree: the choice of method decides the order. Look at the criteria."
    )
    return next((text for least, text in steps if w >= least), weak)
