"""The record of a meeting on synchronisation: values, the Word document, sheets."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from sinergi.accounts.principal import Principal
from sinergi.opportunities.exports.writing import Sheet
from sinergi.programs.models import FindingKind, Outcome, SyncRun
from sinergi.programs.queries import sync as queries
from sinergi.programs.queries.sync_same_lines import (
    counts,
    identities,
    of_finding,
    opposed,
    same_lines,
)
from sinergi.programs.queries.words import region_name
from sinergi.programs.synchronise.shown import Shown, shown
from sinergi.programs.synchronise.telling import decided as decided_told
from sinergi.programs.synchronise.words import money
from sinergi.reference.moments import day, moment

TEMPLATE = Path(__file__).with_name("sync_record.docx")
MOST = 300
"""Findings in the document, the weightiest; how many more there are is told, and the sheets hold all."""
LINES, FEW = 4, 3


def values(by: Principal, run: SyncRun, *, decided_only: bool = False) -> dict[str, Any]:
    """Return what the record tells, in the active language: what somebody may read of it.

    Parameters
    ----------
    decided_only
        Whether findings that are open are left out; how many they are is told.
    """
    mine, others = queries.compared(by, run)
    rows = queries.findings(by, run).exclude(kind__in=queries.NOTES)
    every = [shown(one) for one in rows.prefetch_related("lines__version__plan")]
    found = [one for one in every if not decided_only or counts(one.row)]
    decided = {}
    told = queries.decisions(by, run, [row.row.key for row in found]).order_by("created", "pk")
    for one in queries.named_decisions(by, run, told):
        decided[one.key] = one
    printed = _as_printed(found)
    against = _contradicting(printed, decided)
    entries = [
        _told(number, one, decided.get(one.row.key), against.get(number, []))
        for number, one in enumerate(printed, 1)
    ]
    undecided = len(every) - len(found)
    plans = [
        {
            "region": region_name(one.version.plan.region_code),
            "title": one.version.plan.title,
            "version": f"{one.version.number} {one.version.label}".strip(),
            "owner": one.version.plan.organisation.name,
            "lines": one.lines,
            "lines_told": number_format(one.lines, force_grouping=True),
            "digest": one.digest,
        }
        for one in mine
    ]
    hidden = queries.hidden_number(by, run)
    parties = sorted({(str(one["owner"]), str(one["region"])) for one in plans})
    return {
        "title": run.title,
        "convener": run.organisation.name,
        "intro": _intro(run, len(plans), others),
        "note": run.note,
        "plans": plans,
        "parties": [{"name": name, "region": region} for name, region in parties],
        "groups": _groups(printed[:MOST], entries),
        "all": entries,
        "count": len(found),
        "left": _left(len(found), hidden, undecided),
        "words": _words() | _none(undecided, open_only=bool(hidden or others)),
        "signatories": _two_by_two(sorted({name for name, _region in parties})),
    }


def _intro(run: SyncRun, listed: int, others: int) -> str:
    told = _(
        "On %(day)s, %(plans)s plans were held against each other as “%(title)s”, convened by %(convener)s. "
        "They were compared as they stood on %(moment)s."
    )
    intro = told % {
        "day": day(run.computed_at),
        "plans": listed + others,
        "title": run.title,
        "convener": run.organisation.name,
        "moment": moment(run.computed_at),
    }
    if not others:
        return intro
    hidden = _(
        "Plans among them that are not open to whoever made this record, and are not listed: %(n)s."
    )
    return f"{intro} {hidden % {'n': others}}"


def _none(undecided: int, *, open_only: bool) -> dict[str, str]:
    """Return what is said for no findings where not all are told: nothing is claimed of the rest."""
    if undecided:
        return {"none": _("Nothing has been decided yet.")}
    if not open_only:
        return {}
    told = _("Nothing that does not fit was found in what is open to whoever made this record.")
    return {"none": told}


def _left(count: int, hidden: int, undecided: int) -> list[str]:
    told = []
    if count > MOST:
        told.append(
            _("%(n)s findings of less weight stand in the sheets alone.") % {"n": count - MOST}
        )
    if undecided:
        text = ngettext(
            "%(n)s finding on which nothing is decided is left out.",
            "%(n)s findings on which nothing is decided are left out.",
            undecided,
        )
        told.append(text % {"n": undecided})
    if hidden:
        told.append(_("%(n)s findings are left out, for they tell of plans that are not open to whoever made "
                      "this record.") % {"n": hidden})  # fmt: skip
    return told


def _as_printed(found: list[Shown]) -> list[Shown]:
    """Return findings in the order printed: by kind, of the weightiest; those in the sheets alone follow."""
    order = list(FindingKind.values)
    by_kind = sorted(found[:MOST], key=lambda one: order.index(one.row.kind))
    return by_kind + found[MOST:]


def _contradicting(printed: list[Shown], decided: dict[str, Any]) -> dict[int, list[int]]:
    """Return for numbers of findings those of others on the same lines that were decided otherwise."""
    told: dict[int, tuple[set[Any], Any]] = {}
    of_line: dict[Any, set[int]] = {}
    found: dict[int, list[int]] = {}
    for number, one in enumerate(printed, 1):
        if not counts(one.row) or one.row.kind == FindingKind.CODE:
            continue
        mine, deed = identities(one.row), of_finding(one.row, decided[one.row.key])
        for other in sorted(set().union(*(of_line.get(line, set()) for line in mine))):
            lines, their_deed = told[other]
            if same_lines(mine, lines) and opposed(deed, their_deed):
                found.setdefault(number, []).append(other)
                found.setdefault(other, []).append(number)
        told[number] = mine, deed
        for line in mine:
            of_line.setdefault(line, set()).add(number)
    return found


def _groups(printed: list[Shown], entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups = []
    for kind in FindingKind:
        rows = [
            _weighed(told)
            for one, told in zip(printed, entries, strict=False)
            if one.row.kind == kind
        ]
        if rows:
            groups.append({"name": f"{str(kind.label).capitalize()} ({len(rows)})", "rows": rows})
    return groups


def _weighed(told: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of a finding with its weight beside its rule: the document has no column for it."""
    return {**told, "rule": f"{told['rule']} ({told['weight']})"}


def _told(number: int, one: Shown, made: Any, against: list[int]) -> dict[str, Any]:
    row = one.row
    lines = [
        f"{line.said['title']} ({line.version.plan.title}, {_years(line.said)})"
        for line in list(row.lines.all())[:LINES]
    ]
    more = row.facts.get("lines", 0) - len(lines)
    if more > 0:
        lines.append(_("and %(n)s more lines") % {"n": more})
    return {
        "number": number,
        "kind": str(row.get_kind_display()),
        "rule": one.rule,
        "told": one.told,
        "weight": str(row.get_severity_display()),
        "actors": one.actors or "–",
        "stake": money(row.stake),
        "lines": lines,
        "remedy": one.remedy,
        "standing": one.standing,
        "decision": _decision(made, one, against),
    }


def _years(said: dict[str, Any]) -> str:
    first, last = said["first_year"], said["last_year"]
    return str(first) if first == last else f"{first}–{last}"


def _decision(one: Any, of: Shown, against: list[int]) -> str:
    if one is None or one.outcome == Outcome.REOPEN:
        return _("not decided")
    parts = [*decided_told(one, of.row), one.text.rstrip("."), one.who]
    if one.due:
        parts.append(_("until %(day)s") % {"day": day(one.due)})
    if of.standing_code == "returned":
        parts.append(_("its lines have changed since"))
    if against:
        numbers = ", ".join(map(str, against))
        told = _("contradicts the decision on no. %(numbers)s about the same lines")
        parts.append(told % {"numbers": numbers})
    return "; ".join(part for part in parts if part)


def _two_by_two(names: list[str]) -> list[list[str]]:
    return [names[place : place + 2] for place in range(0, len(names), 2)]


def _words() -> dict[str, str]:
    return {
        "heading": _("RECORD OF THE SYNCHRONISATION"),
        "number": _("Number: ……………………………"),
        "participants": _("Participants"),
        "write_in": _("Names and offices are written in by hand or before printing."),
        "name": _("Name"),
        "office": _("Office"),
        "organisation": _("Organisation"),
        "compared": _("Plans compared"),
        "plan": _("Plan"),
        "region": _("Region"),
        "version": _("Version"),
        "lines": _("Lines"),
        "digest": _("Checksum (SHA-256) of the lines compared"),
        "findings": _("Findings and decisions"),
        "none": _("Nothing was found that does not fit."),
        "finding": _("Finding"),
        "actors": _("Who should act"),
        "stake": _("At stake"),
        "decision": _("Decision"),
        "closing": _("This record was drawn up truthfully, to be used as needed."),
        "signed": _("Signed by:"),
    }


def word(told: dict[str, Any]) -> bytes:
    """Return the record as a Word document; texts of people are escaped."""
    document = DocxTemplate(TEMPLATE)
    document.render(told, autoescape=True)
    _keep_end_together(document.docx.element.body)
    document.core_properties.title = str(told["title"])[:250]
    document.core_properties.author = str(told["convener"])[:250]
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _keep_end_together(body: Any) -> None:
    """Keep signatures, up to `FEW` rows, on one page with what stands before them.

    That reaches back to the last row of the table before, so that no page holds signatures alone.
    """
    signatures = body.findall(qn("w:tbl"))[-1]
    before = list(signatures.itersiblings(qn("w:p"), qn("w:tbl"), preceding=True))
    rows = signatures.findall(qn("w:tr"))
    held = rows[:-1] if len(rows) <= FEW else []
    for part in before:
        is_table = part.tag == qn("w:tbl")
        held.append(part.findall(qn("w:tr"))[-1] if is_table else part)
        if is_table:
            break
    for paragraph in (one for part in held for one in part.iter(qn("w:p"))):
        paragraph.get_or_add_pPr().get_or_add_keepNext().val = True


def sheets(told: dict[str, Any]) -> list[Sheet]:
    """Return the record as sheets: participants, plans, findings with decisions."""
    words = told["words"]
    of_parties = [(one["name"], one["region"], "", "", "") for one in told["parties"]]
    of_plans = [
        (one["region"], one["title"], one["version"], one["owner"], one["lines"], one["digest"])
        for one in told["plans"]
    ]
    of_findings = [
        (one["number"], one["kind"], one["rule"], one["weight"], one["told"], "\n".join(one["lines"]),
         one["actors"], one["stake"], one["remedy"], one["standing"], one["decision"])
        for one in told["all"]
    ]  # fmt: skip
    return [
        Sheet(
            words["participants"],
            (words["organisation"], words["region"], words["name"], words["office"], _("Signature")),
            of_parties,
        ),
        Sheet(
            words["compared"],
            (words["region"], words["plan"], words["version"], words["organisation"], words["lines"],
             "SHA-256"),
            of_plans,
        ),
        Sheet(
            _("Findings"),
            (_("Number"), _("Kind"), words["finding"], _("Weight"), _("Told"), words["lines"],
             words["actors"], words["stake"], _("What could be done"), _("Standing"), words["decision"]),
            of_findings,
        ),
    ]  # fmt: skip
