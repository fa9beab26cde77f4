"""The trail in words: kinds of objects, fields, values, ways, and what a verification found."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergi.accounts.audit.named import Names
from sinergi.accounts.audit.proof import Fault
from sinergi.accounts.models import Level, Organisation, Role, Visibility
from sinergi.accounts.vocabulary import Channel

KINDS = {
    "audit": gettext_lazy("audit trail"),
    "forum": gettext_lazy("forum"),
    "import": gettext_lazy("import"),
    "installation": gettext_lazy("installation"),
    "invitation": gettext_lazy("invitation"),
    "organisation": gettext_lazy("organisation"),
    "person": gettext_lazy("person"),
    "practice": gettext_lazy("practice"),
    "priority_list": gettext_lazy("priority list"),
    "saved_map": gettext_lazy("saved map"),
    "task": gettext_lazy("background task"),
    "token": gettext_lazy("token"),
}
"""What is acted on, by the `kind` of records. A kind that is not here is shown as it is written."""

FIELDS = {
    "association": gettext_lazy("association"),
    "by": gettext_lazy("by way of"),
    "client_id": gettext_lazy("client ID"),
    "code": gettext_lazy("code"),
    "common_batch": gettext_lazy("common import"),
    "confirmed": gettext_lazy("confirmed"),
    "domains": gettext_lazy("domains"),
    "error": gettext_lazy("error"),
    "evidence": gettext_lazy("evidence version"),
    "expires_at": gettext_lazy("valid until"),
    "filename": gettext_lazy("file"),
    "format": gettext_lazy("format"),
    "funding_channel": gettext_lazy("funding channel"),
    "is_active": gettext_lazy("active"),
    "is_administrator": gettext_lazy("administrator of the installation"),
    "issuer": gettext_lazy("provider"),
    "kind": gettext_lazy("kind"),
    "language": gettext_lazy("language"),
    "lead": gettext_lazy("lead authority"),
    "level": gettext_lazy("what it allows"),
    "member": gettext_lazy("member"),
    "name": gettext_lazy("name"),
    "note": gettext_lazy("note"),
    "object_id": gettext_lazy("object"),
    "organisation": gettext_lazy("organisation"),
    "owner": gettext_lazy("organisation that hands it in"),
    "parent": gettext_lazy("part of"),
    "person": gettext_lazy("person"),
    "position": gettext_lazy("place"),
    "planning_document": gettext_lazy("planning document"),
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
    "role": gettext_lazy("role"),
    "rows": gettext_lazy("values"),
    "scopes": gettext_lazy("scopes"),
    "score": gettext_lazy("score"),
    "since": gettext_lazy("from day"),
    "sha256": gettext_lazy("checksum of the file"),
    "signatory": gettext_lazy("who signs"),
    "skipped": gettext_lazy("values passed over"),
    "target_year": gettext_lazy("target year"),
    "text": gettext_lazy("text"),
    "tokens_revoked": gettext_lazy("tokens revoked"),
    "until": gettext_lazy("to day"),
    "verb": gettext_lazy("deed"),
    "visibility": gettext_lazy("who may read it"),
    "warnings": gettext_lazy("warnings"),
    "with_members": gettext_lazy("with its members"),
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
    "delegate": gettext_lazy("delegate"),
    "delegation": gettext_lazy("delegation"),
    "document": gettext_lazy("document"),
    "entry": gettext_lazy("entry"),
    "issue": gettext_lazy("issue"),
    "minutes": gettext_lazy("minutes, version"),
    "point": gettext_lazy("point"),
    "theme": gettext_lazy("theme"),
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
    choices = CHOICES.get(name)
    if choices is not None and value in choices.values:
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
    return str(WAYS.get(part, part))


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
