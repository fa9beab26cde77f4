"""Which channels could pay: for a situation that is told, for one line, and as a panel of a line."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.programs import errors
from sinergi.programs.forms.funding import SituationForm
from sinergi.programs.funding import ChannelAnswer, LineFacts, May, channels_for, words
from sinergi.programs.funding.conditions import Reason, Verdict
from sinergi.programs.models import PlanLine, Readiness
from sinergi.programs.queries import funding as queries
from sinergi.programs.views.funding_plan import plan_page
from sinergi.reference import queries as reference
from sinergi.reference.rupiah import rupiah

CHIPS = {May.YES: "chip-good", May.DEPENDS: "chip-info", May.NOT_KNOWN: "", May.NO: "chip-wajib"}


@dataclass(frozen=True, slots=True)
class Told:
    """A condition, or what is asked for, as it is shown."""

    verdict: str
    text: str
    basis: str
    default: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it is shown."""

    code: str
    name: str
    may: str
    chip: str
    reasons: tuple[Told, ...]
    """What does not simply hold."""
    holds: tuple[Told, ...]
    asks: tuple[Told, ...]
    needs: str
    way: str
    window: str
    ceilings: tuple[str, ...]
    combines: str
    excludes: str
    default: bool


@require_safe
def funding(request: HttpRequest) -> HttpResponse:
    """Show the channels for a plan, for a line, or for what is told in the address."""
    if request.GET.get("rencana"):
        return plan_page(request)
    line = _line(request) if request.GET.get("baris") else None
    form = SituationForm(request.GET)
    form.is_valid()
    asked = line is not None or any(request.GET.values())
    facts = form.facts() if line is None else queries.facts_of(line, _year(request, line))
    told = channels_for(facts, queries.menus()) if asked else []
    shown = [show(one) for one in told]
    context = {
        "form": form,
        "line": line,
        "asked": asked,
        "facts": facts_told(facts),
        "groups": grouped(told, shown),
        "years": range(line.first_year, line.last_year + 1) if line else (),
        "year": facts.year,
        "query": request.GET.urlencode(),
        "as_situation": urlencode(situation_of(line, facts)) if line else "",
    }
    return render(request, "programs/funding.html", context)


def facts_of_request(request: HttpRequest) -> LineFacts:
    """Return what the address tells: of a line, or of a situation.

    Raises
    ------
    UnseenError
    """
    if request.GET.get("baris"):
        line = _line(request)
        return queries.facts_of(line, _year(request, line))
    form = SituationForm(request.GET)
    form.is_valid()
    return form.facts()


def _line(request: HttpRequest) -> PlanLine:
    """Return the line of an address.

    Raises
    ------
    UnseenError
    """
    try:
        identity = UUID(request.GET["baris"])
    except ValueError:
        raise errors.not_found(_("The line")) from None
    found = queries.line_of(principal_of(request), identity)
    if found is None:
        raise errors.not_found(_("The line"))
    return found


def _year(request: HttpRequest, line: PlanLine) -> int:
    """Return the year of an address that a line has, else its first."""
    told = small_number(request.GET.get("tahun", ""))
    return told if told and line.first_year <= told <= line.last_year else line.first_year


def show(answer: ChannelAnswer) -> Shown:
    """Return an answer in the words of the reader."""
    english = (get_language() or "id").startswith("en")
    channel = answer.channel
    return Shown(
        channel.code,
        words.channel_name(channel.code),
        str(words.MAY[answer.may]),
        CHIPS[answer.may],
        tuple(map(_told, answer.of(*_not_held(answer)))),
        tuple(map(_told, answer.of(Verdict.FOR))),
        tuple(
            Told(str(words.KINDS[one.kind]), words.text_of(one), words.basis(one), one.default)
            for one in answer.asks
        ),
        channel.needs_en if english else channel.needs_id,
        channel.access_path if english else channel.access_path_id,
        words.window_told(answer.window) if answer.window else "",
        tuple(map(words.ceiling_told, answer.ceilings)),
        words.channels_named(answer.combines),
        words.channels_named(answer.excludes),
        any(rule.default for rule in (*answer.combines, *answer.excludes)),
    )


def _not_held(answer: ChannelAnswer) -> tuple[Verdict, ...]:
    """Return which outcomes are shown openly: what speaks against it, else what is open or not known."""
    return (Verdict.AGAINST,) if answer.may is May.NO else (Verdict.UNKNOWN, Verdict.OPEN)


def _told(reason: Reason) -> Told:
    return Told(
        str(words.VERDICT[reason.verdict]),
        words.told(reason),
        words.basis(reason),
        reason.default,
    )


def grouped(told: list[ChannelAnswer], shown: list[Shown]) -> list[tuple[str, str, list[Shown]]]:
    """Return the answers by whether the channel could pay, the best first: code, words, answers."""
    return [
        (may.value, str(words.MAY[may]), rows)
        for may in May
        if (rows := [row for one, row in zip(told, shown, strict=True) if one.may is may])
    ]


def facts_told(facts: LineFacts) -> list[tuple[str, str, str]]:
    """Return what is known of a line: what, value, and how it is known; unknown says so."""
    unknown = _("not known")
    affair = reference.affairs().get(facts.affair)
    how = {"object": _("from its object"), "words": _("from its words"), "typed": ""}
    yes_no = {True: _("yes"), False: _("no"), None: unknown}
    ready = {one.value: str(one.label) for one in Readiness}
    amount = "" if facts.amount is None else f"Rp {words.number(rupiah(facts.amount))}"
    return [
        (_("Government"), str(words.LEVELS.get(facts.level, unknown)), ""),
        (_("Authority"), str(words.LEVELS.get(facts.authority, unknown)), ""),
        (_("Affair"), f"{facts.affair} {words.named(affair)}" if affair else unknown, ""),
        (_("Physical works"), yes_no[facts.physical], how.get(facts.physical_from, "")),
        (_("Regions do it together"), yes_no[facts.cooperation], ""),
        (_("Year"), str(facts.year or unknown), ""),
        (_("Land"), ready[facts.land], ""),
        (_("Design"), ready[facts.design], ""),
        (_("Permits"), ready[facts.permits], ""),
        (_("Amount"), amount or unknown, ""),
        (_("Channels stated"), ", ".join(map(words.channel_name, facts.channels)) or _("none"), ""),
    ]


def situation_of(line: PlanLine, facts: LineFacts) -> dict[str, str]:
    """Return the fields of the form that tell the same situation as a line."""
    truth = {True: "ya", False: "tidak", None: ""}
    told = {
        "wilayah": line.version.plan.region_code,
        "kode": line.code,
        "judul": line.title[:200],
        "objek": line.object_code if line.object_code in reference.catalogue() else "",
        "fisik": truth[facts.physical],
        "kerja_sama": truth[facts.cooperation],
        "tahun": str(facts.year or ""),
        "lahan": facts.land,
        "desain": facts.design,
        "izin": facts.permits,
        "jumlah": "" if facts.amount is None else f"{rupiah(facts.amount):f}".replace(".", ","),
    }
    return {name: value for name, value in told.items() if value}
