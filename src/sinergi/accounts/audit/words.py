"""The trail in words: kinds of objects, fields, values, ways, and what a verification found."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergi.accounts.audit.named import Names
from sinergi.accounts.audit.proof import Fault
from sinergi.accounts.models import Level, Organisation, Role, Visibility
from sinergi.accounts.vocabulary import Channel

KINDS = {
    "agreement": gettext_lazy("agreement"),
    "agreement_template": gettext_lazy("template of documents"),
    "audit": gettext_lazy("audit trail"),
    "clause": gettext_lazy("clause"),
    "forum": gettext_lazy("forum"),
    "import": gettext_lazy("import"),
    "installation": gettext_lazy("installation"),
    "invitation": gettext_lazy("invitation"),
    "joint_object": gettext_lazy("joint object"),
    "organisation": gettext_lazy("organisation"),
    "pair_label": gettext_lazy("pair of lines"),
    "person": gettext_lazy("person"),
    "plan": gettext_lazy("plan"),
    "portfolio": gettext_lazy("portfolio"),
    "practice": gettext_lazy("practice"),
    "priority_list": gettext_lazy("priority list"),
    "ranking": gettext_lazy("ranking"),
    "register_import": gettext_lazy("register that was brought in"),
    "saved_map": gettext_lazy("saved map"),
    "sync_run": gettext_lazy("synchronisation"),
    "task": gettext_lazy("background task"),
    "token": gettext_lazy("token"),
    "transfer": gettext_lazy("transfer"),
}
"""What is acted on, by the `kind` of records. A kind that is not here is shown as it is written."""

FIELDS = {
    "answer": gettext_lazy("answer"),
    "agency": gettext_lazy("agency"),
    "amounts": gettext_lazy("amounts"),
    "association": gettext_lazy("association"),
    "by": gettext_lazy("by way of"),
    "client_id": gettext_lazy("client ID"),
    "code": gettext_lazy("code"),
    "common_batch": gettext_lazy("common import"),
    "copy_of": gettext_lazy("with the lines of version"),
    "current": gettext_lazy("current version"),
    "confirmed": gettext_lazy("confirmed"),
    "degree": gettext_lazy("degree"),
    "domains": gettext_lazy("domains"),
    "error": gettext_lazy("error"),
    "evidence": gettext_lazy("evidence version"),
    "expires_at": gettext_lazy("valid until"),
    "filename": gettext_lazy("file"),
    "first_year": gettext_lazy("first year"),
    "format": gettext_lazy("format"),
    "funding_channel": gettext_lazy("funding channel"),
    "high": gettext_lazy("upper end"),
    "indicator": gettext_lazy("indicator"),
    "indifference": gettext_lazy("indifference threshold"),
    "is_active": gettext_lazy("active"),
    "is_administrator": gettext_lazy("administrator of the installation"),
    "issuer": gettext_lazy("provider"),
    "kind": gettext_lazy("kind"),
    "language": gettext_lazy("language"),
    "last_year": gettext_lazy("last year"),
    "lead": gettext_lazy("lead authority"),
    "least_coverage": gettext_lazy("least coverage for a rank"),
    "level": gettext_lazy("what it allows"),
    "line": gettext_lazy("line"),
    "low": gettext_lazy("lower end"),
    "member": gettext_lazy("member"),
    "method": gettext_lazy("method"),
    "name": gettext_lazy("name"),
    "note": gettext_lazy("note"),
    "object_id": gettext_lazy("object"),
    "outcome": gettext_lazy("decision"),
    "organisation": gettext_lazy("organisation"),
    "owner": gettext_lazy("organisation that hands it in"),
    "parent": gettext_lazy("part of"),
    "person": gettext_lazy("person"),
    "plan": gettext_lazy("plan"),
    "position": gettext_lazy("place"),
    "planning_document": gettext_lazy("planning document"),
    "preference": gettext_lazy("preference threshold"),
    "proposer": gettext_lazy("proposer"),
    "purpose": gettext_lazy("purpose"),
    "query": gettext_lazy("settings"),
    "rank": gettext_lazy("rank"),
    "reason": gettext_lazy("reason"),
    "records": gettext_lazy("records"),
    "region_code": gettext_lazy("region"),
    "replaced": gettext_lazy("replaced values"),
    "request_id": gettext_lazy("request"),
    "requires_second_factor": gettext_lazy("requires a second factor"),
    "rises": gettext_lazy("more is better"),
    "role": gettext_lazy("role"),
    "rows": gettext_lazy("values"),
    "scale": gettext_lazy("scale"),
    "scopes": gettext_lazy("scopes"),
    "score": gettext_lazy("score"),
    "score_by_hand": gettext_lazy("score written by hand before"),
    "shape": gettext_lazy("preference function"),
    "since": gettext_lazy("from day"),
    "source": gettext_lazy("source"),
    "sha256": gettext_lazy("checksum of the file"),
    "signatory": gettext_lazy("who signs"),
    "skipped": gettext_lazy("values passed over"),
    "target_year": gettext_lazy("target year"),
    "title": gettext_lazy("title"),
    "text": gettext_lazy("text"),
    "tokens_revoked": gettext_lazy("tokens revoked"),
    "top": gettext_lazy("places that matter"),
    "unit": gettext_lazy("unit"),
    "until": gettext_lazy("to day"),
    "value": gettext_lazy("value"),
    "verb": gettext_lazy("deed"),
    "versions": gettext_lazy("versions"),
    "veto": gettext_lazy("veto threshold"),
    "visibility": gettext_lazy("who may read it"),
    "warnings": gettext_lazy("warnings"),
    "who": gettext_lazy("who does it"),
    "with_members": gettext_lazy("with its members"),
    "giver": gettext_lazy("who gives"),
    "receiver": gettext_lazy("who receives"),
    "measure": gettext_lazy("parts are counted in"),
    "shares": gettext_lazy("who pays and who holds"),
    "object_code": gettext_lazy("cooperation object"),
    "channel": gettext_lazy("funding channel"),
    "amount": gettext_lazy("amount"),
    "total": gettext_lazy("total"),
    "year": gettext_lazy("year"),
    "activity": gettext_lazy("activity"),
    "agency_code": gettext_lazy("code of the agency"),
    "carries": gettext_lazy("channels whose money carries over"),
    "channels": gettext_lazy("channels that may pay"),
    "chosen": gettext_lazy("whether it is chosen"),
    "cost": gettext_lazy("cost"),
    "decided_year": gettext_lazy("year decided on"),
    "decision": gettext_lazy("decided by hand"),
    "declared_totals": gettext_lazy("declared totals"),
    "design": gettext_lazy("design"),
    "earliest": gettext_lazy("earliest start"),
    "external_id": gettext_lazy("number in the source"),
    "gap": gettext_lazy("accepted gap"),
    "is_transfer": gettext_lazy("passed on to another government"),
    "lag": gettext_lazy("years between"),
    "land": gettext_lazy("land"),
    "large": gettext_lazy("larger amount, 1/100 Rp"),
    "lat": gettext_lazy("latitude"),
    "latest": gettext_lazy("latest start"),
    "licence": gettext_lazy("licence"),
    "likely": gettext_lazy("least probability"),
    "lines": gettext_lazy("lines"),
    "lon": gettext_lazy("longitude"),
    "maximum": gettext_lazy("the most, per cent"),
    "minimum": gettext_lazy("the least, per cent"),
    "origin": gettext_lazy("origin of the values"),
    "others": gettext_lazy("further choices"),
    "output": gettext_lazy("output"),
    "per_cent": gettext_lazy("in per cent"),
    "permits": gettext_lazy("permits"),
    "place": gettext_lazy("location"),
    "place_certainty": gettext_lazy("certainty of the location"),
    "project": gettext_lazy("project"),
    "projects": gettext_lazy("projects"),
    "ranking": gettext_lazy("ranking"),
    "seconds": gettext_lazy("seconds"),
    "small": gettext_lazy("smaller amount, 1/100 Rp"),
    "solver": gettext_lazy("solver"),
    "stays": gettext_lazy("line that stays"),
    "target": gettext_lazy("target"),
    "transfer_to": gettext_lazy("passed on to"),
    "years": gettext_lazy("years"),
    "stage": gettext_lazy("stage"),
    "state": gettext_lazy("state"),
    "done_on": gettext_lazy("done on"),
    "due_on": gettext_lazy("deadline"),
    "responsible": gettext_lazy("responsible"),
    "approval": gettext_lazy("approval"),
    "asked_on": gettext_lazy("asked for on"),
    "asked_of": pgettext_lazy("in the audit trail", "asked of"),
    "is_team": gettext_lazy("cooperation team (TKKSD)"),
    "question": gettext_lazy("question"),
    "opinion": gettext_lazy("what the advice comes to"),
    "given_on": gettext_lazy("given on"),
    "attachment_id": gettext_lazy("file"),
    "number": pgettext_lazy("in the audit trail", "number"),
    "on": pgettext_lazy("in the audit trail", "day"),
    "party": gettext_lazy("party"),
}
"""Names of what differs, by the keys of `before` and `after`."""

CHANNELS = {
    Channel.WEB.value: gettext_lazy("web page"),
    Channel.API.value: gettext_lazy("API"),
    Channel.COMMAND_LINE.value: gettext_lazy("command line"),
    Channel.WORKER.value: pgettext_lazy("channel", "background worker"),
}
PARTS = {
    "agenda": gettext_lazy("item of the agenda"),
    "ballot": gettext_lazy("ballot"),
    "criterion": gettext_lazy("criterion"),
    "delegate": gettext_lazy("delegate"),
    "delegation": gettext_lazy("delegation"),
    "document": gettext_lazy("document"),
    "entry": gettext_lazy("entry"),
    "finding": gettext_lazy("finding"),
    "issue": gettext_lazy("issue"),
    "line": gettext_lazy("line"),
    "minutes": gettext_lazy("minutes, version"),
    "point": gettext_lazy("point"),
    "theme": gettext_lazy("theme"),
    "version": gettext_lazy("version"),
    "ceilings": gettext_lazy("ceilings"),
    "project": gettext_lazy("project"),
    "rule": gettext_lazy("rule between projects"),
    "run": gettext_lazy("run"),
    "scores": gettext_lazy("scores"),
    "share": gettext_lazy("share of a region"),
    "weighting": gettext_lazy("weights of a person"),
    "party": gettext_lazy("party"),
    "task": gettext_lazy("task of a stage"),
    "approval": gettext_lazy("approval"),
    "advice": gettext_lazy("advice"),
    "signature": gettext_lazy("signature"),
    "file": gettext_lazy("file"),
    "obligation": gettext_lazy("obligation"),
    "due": gettext_lazy("due date"),
    "measure": gettext_lazy("indicator"),
    "service": gettext_lazy("service"),
    "bill": gettext_lazy("bill"),
    "budget": gettext_lazy("budget line"),
    "alarm": gettext_lazy("alarm"),
    "change": gettext_lazy("change"),
    "asset": gettext_lazy("asset"),
    "evaluation": gettext_lazy("evaluation"),
}
"""Parts of objects that are no objects themselves."""

NOTHING = "–"
UNNAMED = Names()
WAYS = {
    "password": pgettext_lazy("sign-in", "password"),
    "totp": gettext_lazy("authenticator app"),
    "webauthn": gettext_lazy("passkey"),
    "recovery_codes": gettext_lazy("recovery code"),
    "socialaccount": gettext_lazy("provider of the organisation"),
}
"""How somebody proved who they are."""

CHOICES = {
    "kind": Organisation.Kind,
    "level": Level,
    "role": Role,
    "visibility": Visibility,
}
MORE: dict[str, tuple[Any, ...]] = {}
"""Further closed vocabularies by field; rooms register theirs."""


def kind_name(kind: str) -> str:
    """Return what is acted on, in words."""
    return str(KINDS.get(kind, kind))


def field_name(name: str) -> str:
    """Return the name of a field, in words."""
    return str(FIELDS.get(name, name.replace("_", " ")))


def channel_name(channel: str) -> str:
    """Return the way by which something was done, in words."""
    return str(CHANNELS.get(channel, channel))


def value_text(name: str, value: Any) -> str:
    """Return a recorded value, in words where it is a word of ours."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value_text(name, one) for one in value) or NOTHING
    if isinstance(value, dict):
        return "; ".join(f"{field_name(key)}: {value_text(key, one)}" for key, one in value.items())
    return _word(name, value)


def _word(name: str, value: Any) -> str:
    """Return a word of a closed vocabulary, or what stands there."""
    if name == "by":
        return str(WAYS.get(value, value))
    for choices in (*((CHOICES[name],) if name in CHOICES else ()), *MORE.get(name, ())):
        if value in choices.values:
            return str(choices(value).label)
    return str(value)


def part_text(part: str, names: Names = UNNAMED) -> str:
    """Return the part of an object in words: `entry:6`, `totp`."""
    kind, colon, number = part.partition(":")
    if colon:
        named = names.text(kind, int(number)) if number.isdecimal() else None
        if named is not None:
            return named
        return f"{PARTS.get(kind, kind_name(kind))} {number}"
    return str(PARTS[part] if part in PARTS else WAYS.get(part, part))


def changes(
    before: dict[str, Any], after: dict[str, Any], names: Names = UNNAMED
) -> list[tuple[str, str, str]]:
    """Return field, before and after, in words; what was empty and stays so is left out."""

    def text(name: str, value: Any) -> str:
        return names.text(name, value) or value_text(name, value)

    rows = [
        (field_name(name), text(name, before.get(name)), text(name, after.get(name)))
        for name in {**before, **after}
    ]
    return [row for row in rows if row[1:] != (NOTHING, NOTHING)]


def fault_text(fault: Fault) -> str:
    """Return what is wrong with the chain, and where."""
    texts = {
        "changed": _("Record %(number)s was changed: its content does not give its hash."),
        "removed": _("Record %(number)s is missing."),
        "inserted": _("Record %(number)s was inserted: it does not follow from the one before it."),
        "end_removed": _("The end is missing, from record %(number)s on."),
        "head": _("The end of the chain says otherwise than its last record, %(number)s."),
        "rewritten": _(
            "The hash that was kept elsewhere is not in the chain: everything was written anew from some "
            "record up to %(number)s on, or cut off before it."
        ),
    }
    return texts[fault.code] % {"number": fault.sequence}
