"""What the page of one list shows: entries as cards with their forms, drift and history."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sinergi.accounts.audit.history import Deed, history_for
from sinergi.accounts.errors import AccountsError
from sinergi.accounts.principal import Principal
from sinergi.accounts.views.history_lines import lines
from sinergi.accounts.views.sharing import panel
from sinergi.evidence.queries import evidence_version
from sinergi.evidence.scope import reading, scope_of
from sinergi.opportunities import messages
from sinergi.opportunities import queries as map_queries
from sinergi.opportunities.addresses import settings_to_query
from sinergi.opportunities.lists import exports, queries, words
from sinergi.opportunities.lists.actions.entries import details_of
from sinergi.opportunities.lists.forms import EntryForm
from sinergi.opportunities.lists.merging import Met, in_words, merge, remember
from sinergi.opportunities.lists.origins import origins_of
from sinergi.opportunities.lists.outcomes import onward, outcomes_of
from sinergi.opportunities.lists.snapshot import Snapshot, strongest
from sinergi.opportunities.models import PriorityEntry, PriorityList
from sinergi.opportunities.results import Reason
from sinergi.reference.queries import catalogue_version

FORMATS = {"xlsx": "Excel", "docx": "Word", "pdf": "PDF", "csv": "CSV", "json": "JSON"}


@dataclass(frozen=True)
class Card:
    """An entry as the page shows it."""

    entry: PriorityEntry
    kept: Snapshot
    form: EntryForm
    drift: queries.Drift | None
    is_open: bool
    met: Sequence[Met]
    """After a conflict: what somebody else changed meanwhile."""
    origins: Sequence[Any]
    """What it was made of in other rooms: points of forums."""
    outcomes: Sequence[Any]
    """What came of it in other rooms: agreements."""

    @property
    def partners(self) -> list[tuple[str, str]]:
        """Name and role of the members."""
        return [(m.name, messages.role_name(m.role)) for m in self.kept.members]

    @property
    def onward(self) -> list[tuple[str, str]]:
        """Label and address of what may be begun from it."""
        return onward("entry", self.entry)

    @property
    def kind(self) -> str:
        """The legal type."""
        return words.cooperation_type(self.kept)

    @property
    def authority(self) -> str:
        """Who leads, and who must take part."""
        return words.authority(self.kept, self.entry.lead)

    @property
    def funding(self) -> str:
        """Name of the chosen channel."""
        code = self.entry.funding_channel
        return self.kept.funding_name(code) if code else ""

    @property
    def funding_fits(self) -> bool:
        """Whether the rules have nothing against the chosen channel."""
        code = self.entry.funding_channel
        return not code or any(o.fits for o in self.kept.funding if o.code == code)

    @property
    def reasons(self) -> list[tuple[Reason, str]]:
        """The strongest observations, each as a line."""
        return [(r, words.reason_line(self.kept, r)) for r in strongest(self.kept.reasons)]

    @property
    def rank(self) -> str:
        """The rank with its field; empty where it has none."""
        return words.rank(self.kept)

    @property
    def group(self) -> str:
        """Its identity in the fragment of the map's address."""
        return f"{self.entry.object_code}:{self.entry.members_key}"

    @property
    def query(self) -> str:
        """The query string of the map it was chosen from, for its object."""
        settings = self.kept.settings.but(objects=(self.entry.object_code,), affairs=())
        return settings_to_query(settings)


def form_of(entry: PriorityEntry, data: Any = None) -> EntryForm:
    """Return the form of an entry, with its values or with what a person sent."""
    form = EntryForm(
        data,
        initial={**asdict(details_of(entry)), "revision": entry.revision},
        prefix=f"b{entry.pk}",
        funding=Snapshot(entry.snapshot).funding,
        kept=entry.funding_channel,
    )
    remember(form)
    return form


def merge_entry(form: EntryForm, entry: PriorityEntry) -> list[Met]:
    """Fill the form of an entry that somebody else changed meanwhile; return what they changed."""
    kept = Snapshot(entry.snapshot)

    def shown(name: str, value: Any) -> str:
        named = kept.funding_name(value) if name == "funding_channel" and value else value
        return in_words(name, named)

    return merge(form, asdict(details_of(entry)), entry.revision, shown)


def drift_of(principal: Principal, entry: PriorityEntry) -> queries.Drift | None:
    """Return how the map changed since an entry was chosen, with the evidence that it was chosen with.

    Where somebody may not read that evidence, that is said, and nothing is computed.
    """
    kept = Snapshot(entry.snapshot)
    try:
        scope = scope_of(principal, kept.settings.evidence)
    except AccountsError:
        return queries.Drift(kept.score, kept.rank, None, None, hidden=kept.settings.evidence)
    with reading(scope):
        versions = (evidence_version(), catalogue_version())
        return queries.drift(entry, *versions, map_queries.explain)


def _card(
    principal: Principal,
    entry: PriorityEntry,
    failed: EntryForm | None,
    met: Sequence[Met],
    origins: Sequence[Any],
    outcomes: Sequence[Any],
) -> Card:
    kept = Snapshot(entry.snapshot)
    mine = failed is not None and failed.prefix == f"b{entry.pk}"
    form = failed if mine and failed is not None else form_of(entry)
    return Card(
        entry=entry,
        kept=kept,
        form=form,
        drift=drift_of(principal, entry),
        is_open=mine,
        met=met if mine else (),
        origins=origins,
        outcomes=outcomes,
    )


def _line_words(
    entries: Iterable[PriorityEntry],
) -> tuple[Callable[[str, Any, Deed], str], Callable[[Deed], str]]:
    """Return how the history tells a value, and the entry that a deed was done to."""
    kept = {f"entry:{entry.pk}": Snapshot(entry.snapshot) for entry in entries}

    def shown(name: str, value: Any, deed: Deed) -> str:
        if name == "score" and isinstance(value, float):
            return words.points(value)
        if name == "funding_channel" and deed.part in kept:
            return kept[deed.part].funding_name(str(value))
        return str(value)

    return shown, lambda deed: kept[deed.part].name if deed.part in kept else ""


def list_page(
    principal: Principal,
    plan: PriorityList,
    failed: EntryForm | None = None,
    met: Sequence[Met] = (),
) -> dict[str, Any]:
    """Return the context of the page of a list.

    Parameters
    ----------
    failed
        The form of an entry that was refused; shown open, with its input and faults.
    met
        What somebody else changed in that entry meanwhile.
    """
    live, removed = queries.entries(plan), queries.entries(plan, removed=True)
    origins = origins_of(principal, [entry.pk for entry in live])
    outcomes = outcomes_of(principal, [entry.pk for entry in live])
    cards = [
        _card(principal, entry, failed, met, origins[entry.pk], outcomes[entry.pk])
        for entry in live
    ]
    shown, subject = _line_words([*live, *removed])
    deeds = history_for(principal, plan)
    return {
        "list": plan,
        "panel": panel(principal, plan),
        "cards": cards,
        "drifted": sum(card.drift is not None and card.drift.differs for card in cards),
        "removed": [(entry, Snapshot(entry.snapshot)) for entry in removed],
        "lines": lines(principal, deeds, field_name=words.field_name, shown=shown, subject=subject),
        "formats": [(fmt, FORMATS[fmt]) for fmt in exports.WRITERS],
    }
