"""One opportunity in full, as tables and as plain values."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sinergi.cli import tables
from sinergi.cli.language import chosen, number, pgettext
from sinergi.cli.language import gettext as _
from sinergi.cli.render.opportunities import POINTS, as_values
from sinergi.cli.tables import Column, Table
from sinergi.evidence.queries import unit_label
from sinergi.opportunities import messages
from sinergi.opportunities.messages.money import rupiah
from sinergi.opportunities.results import Explanation, Reason


def document(told: Explanation) -> dict[str, Any]:
    """Return an explanation as plain values."""
    return {
        "evidence": {
            "version": told.evidence_version,
            "as_of": told.evidence_as_of,
            "catalogue_version": told.catalogue_version,
        },
        "opportunity": as_values(told.opportunity),
        "contributions": told.contributions,
        "reasons": [asdict(one) for one in told.reasons],
        "missing": [asdict(one) for one in told.missing],
        "legal": asdict(told.legal),
        "changes": [asdict(one) for one in told.changes],
        "vetoes": [{"code": one, "text": messages.veto_text(one)} for one in told.vetoes],
    }


def sections(told: Explanation) -> list[Table]:
    """Return an explanation as tables, in the order in which one reads it."""
    found = [
        summary(told),
        members(told),
        parts(told),
        reasons(told.reasons, pgettext("column", "Reasons")),
    ]
    if told.missing:
        found.append(reasons(told.missing, pgettext("column", "Evidence that is missing")))
    found += [legal(told), funding(told)]
    if told.changes:
        found.append(changes(told))
    return found


def facts(title: str, rows: Iterable[tuple[str, str]]) -> Table:
    """Return a table of two columns: what, and what about it."""
    return tables.table((Column("what", ""), Column("value", "")), rows, title)


def summary(told: Explanation) -> Table:
    """Return what one wants to know first."""
    item = told.opportunity
    rows = [
        (pgettext("column", "Object"), f"{item.object.code} – {item.object.name(chosen())}"),
        (pgettext("column", "Logic"), messages.logic_name(item.logic)),
        (pgettext("column", "Score"), f"{number(item.score * POINTS, 1)} / {POINTS}"),
        (pgettext("column", "Rank for this object"), number(item.rank)),
        (pgettext("column", "Coverage"), f"{number(item.coverage * 100)} %"),
        (_("Stays in the top ten when weights are redrawn"), _share(item.acceptability)),
        (pgettext("column", "Evidence"), f"{told.evidence_version} ({told.evidence_as_of})"),
    ]
    if item.money:
        saving = _("{amount} a year (estimate)").format(amount=rupiah(item.money.saving))
        rows.append((pgettext("column", "Cheaper together by"), saving))
    rows += [(_("Not on the map because"), messages.veto_text(one)) for one in told.vetoes]
    return facts(pgettext("column", "Opportunity"), rows)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{number(value * 100)} %"


def members(told: Explanation) -> Table:
    """Return the members with their scores."""
    columns = (
        Column("code", pgettext("column", "Code")),
        Column("name", pgettext("column", "Region")),
        Column("role", pgettext("column", "Role")),
        Column("need", pgettext("column", "Need"), "number", 2),
        Column("strength", pgettext("column", "Strength"), "number", 2),
        Column("coverage", pgettext("column", "Coverage"), "number", 2),
        Column("adds", pgettext("column", "Adds"), "number", 2),
    )
    rows = (
        (m.code, m.name, messages.role_name(m.role), m.need, m.strength, m.coverage, m.adds)
        for m in told.opportunity.members
    )
    return tables.table(columns, rows, pgettext("column", "Members"))


def parts(told: Explanation) -> Table:
    """Return how the score adds up."""
    columns = (
        Column("part", pgettext("column", "Part")),
        Column("value", pgettext("column", "Value"), "number", 3),
        Column("weight", pgettext("column", "Weight"), "number", 3),
        Column("points", pgettext("column", "Points"), "number", 1),
    )
    item = told.opportunity
    rows = (
        (messages.part_name(part), value, item.weights[part], told.contributions[part] * POINTS)
        for part, value in item.parts.items()
    )
    return tables.table(columns, rows, pgettext("column", "Parts of the score"))


def reasons(told: Iterable[Reason], title: str) -> Table:
    """Return observations and what each contributes."""
    columns = (
        Column("member", pgettext("column", "Region")),
        Column("part", pgettext("column", "Part")),
        Column("indicator", pgettext("column", "Indicator")),
        Column("value", pgettext("column", "Value"), "number", 2),
        Column("unit", pgettext("column", "Unit")),
        Column("period", pgettext("column", "Period")),
        Column("source", pgettext("column", "Source")),
        Column("flag", pgettext("column", "Certainty")),
        Column("place", pgettext("column", "Place")),
        Column("points", pgettext("column", "Points"), "number", 1),
    )
    rows = (
        (
            one.member,
            messages.part_name(one.part),
            one.name_en if chosen() == "en" else one.name_id,
            one.value,
            unit_label(one.unit),
            one.period,
            one.source,
            f"{messages.flag_name(one.flag)}, {messages.kind_name(one.kind)}",
            f"{one.peer_rank}/{one.peer_count}" if one.peer_rank else "",
            one.contribution * POINTS,
        )
        for one in told
    )
    return tables.table(columns, rows, title)


def legal(told: Explanation) -> Table:
    """Return what law says: facts, and questions to a person."""
    notes = told.legal
    rows = [
        (pgettext("column", "Type"), messages.families_text(notes.family)),
        (
            pgettext("column", "Documents"),
            "; ".join(messages.documents_text(one) for one in notes.documents),
        ),
        (
            pgettext("column", "Authority"),
            "; ".join(messages.level_name(one) for one in notes.authority),
        ),
        (pgettext("column", "Leads"), messages.level_name(notes.lead)),
    ]
    if notes.province_required:
        rows.append((_("Province that must take part"), ", ".join(notes.province_required)))
    rows += [("", messages.test_text(test, answer)) for test, answer in notes.tests.items()]
    if notes.mandatory_candidate:
        rows.append(
            (
                pgettext("column", "Candidate for mandatory cooperation"),
                pgettext("column", "a person must decide"),
            )
        )
        rows.append(
            (
                pgettext("column", "Type of border"),
                messages.geographic_type_text(notes.geographic_type),
            )
        )
        rows.append((pgettext("column", "Takeover"), messages.takeover_text(notes.takeover)))
    if notes.mandatory_possible:
        rows.append(
            (
                pgettext("column", "Possibly mandatory"),
                _("whoever shows that it is cheaper together makes it a candidate"),
            )
        )
    if notes.feasibility_study:
        rows.append((pgettext("column", "Before it"), pgettext("column", "a feasibility study")))
    if notes.central_approval:
        rows.append((pgettext("column", "Before it"), _("approval of the central government")))
    return facts(pgettext("column", "Legal notes"), rows)


def _verdict(code: str) -> str:
    """Return whether a channel can pay, in a word."""
    words = {
        "named": pgettext("channel", "named"),
        "possible": pgettext("channel", "possible"),
        "cannot": pgettext("channel", "no"),
    }
    return words[code]


def funding(told: Explanation) -> Table:
    """Return which channels can pay, and why the others cannot."""
    columns = (
        Column("code", pgettext("column", "Channel")),
        Column("fits", pgettext("column", "Fits")),
        Column("why", pgettext("column", "Why"), "list"),
        Column("needs", pgettext("column", "Needs")),
    )
    rows = (
        (
            one.name_en if chosen() == "en" else one.name_id,
            _verdict(one.verdict),
            tuple(
                messages.funding_reason_text(reason)
                for reason in one.reasons
                if one.fits or reason != "named_by_object"
            ),
            one.needs_en if chosen() == "en" else one.needs_id,
        )
        for one in sorted(told.legal.funding, key=lambda one: not one.fits)
    )
    return tables.table(columns, rows, pgettext("column", "Funding"))


def changes(told: Explanation) -> Table:
    """Return what would change the rank."""
    columns = (
        Column("what", pgettext("column", "If this changes")),
        Column("before", pgettext("column", "from"), "number", 2),
        Column("after", pgettext("column", "to"), "number", 2),
        Column("rank_before", pgettext("column", "Rank now"), "count"),
        Column("rank_after", pgettext("column", "Rank then"), "count"),
    )
    rows = (
        (_changed(one.what), one.before, one.after, one.rank_before, one.rank_after)
        for one in told.changes
    )
    return tables.table(columns, rows, _("What would change the rank"))


def _changed(what: str) -> str:
    if ":" in what:
        return what
    return _("weight of {part}").format(part=messages.part_name(what))
