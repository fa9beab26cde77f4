"""What the page of one list shows: entries as cards with their forms, drift and history."""

from dataclasses import dataclass
from typing import Any

from sinergi.evidence.queries import evidence_version
from sinergi.opportunities import messages
from sinergi.opportunities import queries as map_queries
from sinergi.opportunities.addresses import settings_to_query
from sinergi.opportunities.lists import exports, queries, words
from sinergi.opportunities.lists.actions.entries import details_of
from sinergi.opportunities.lists.forms import EntryForm
from sinergi.opportunities.lists.snapshot import Snapshot, strongest
from sinergi.opportunities.models import ListEvent, PriorityEntry, PriorityList
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
    present: list[tuple[str, str]]
    """After a conflict: field and present value of what differs from the person's input."""

    @property
    def partners(self) -> list[tuple[str, str]]:
        """Name and role of the members."""
        return [(m.name, messages.role_name(m.role)) for m in self.kept.members]

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
    def query(self) -> str:
        """The query string of the map it was chosen from, for its object."""
        settings = self.kept.settings.but(objects=(self.entry.object_code,), affairs=())
        return settings_to_query(settings)


@dataclass(frozen=True)
class Deed:
    """A line of the history."""

    event: ListEvent
    what: str
    entry: str
    changes: list[tuple[str, str, str]]
    """Field, before, after."""


def form_of(entry: PriorityEntry, data: Any = None) -> EntryForm:
    """Return the form of an entry, with its values or with what a person sent."""
    kept, details = Snapshot(entry.snapshot), details_of(entry)
    return EntryForm(
        data,
        initial={
            **{
                name: getattr(details, name) for name in EntryForm.base_fields if name != "revision"
            },
            "revision": entry.revision,
        },
        prefix=f"b{entry.pk}",
        funding=kept.funding,
        kept=entry.funding_channel,
    )


def _card(
    entry: PriorityEntry, versions: tuple[str, str], failed: EntryForm | None, conflict: bool
) -> Card:
    kept = Snapshot(entry.snapshot)
    mine = failed is not None and failed.prefix == f"b{entry.pk}"
    form = failed if mine and failed is not None else form_of(entry)
    return Card(
        entry=entry,
        kept=kept,
        form=form,
        drift=queries.drift(entry, *versions, map_queries.explain),
        is_open=mine,
        present=_present(entry, form) if mine and conflict else [],
    )


def _present(entry: PriorityEntry, form: EntryForm) -> list[tuple[str, str]]:
    details, kept = details_of(entry), Snapshot(entry.snapshot)
    shown = []
    for name in EntryForm.base_fields:
        if name == "revision":
            continue
        value = getattr(details, name)
        if value != form.cleaned_data.get(name):
            text = kept.funding_name(value) if name == "funding_channel" else value
            shown.append((words.field_name(name), "–" if text in (None, "") else str(text)))
    return shown


def _shown(name: str, value: object, kept: Snapshot | None) -> str:
    if value is None or value == "":
        return "–"
    if name == "score" and isinstance(value, float):
        return words.points(value)
    if name == "funding_channel" and kept is not None:
        return kept.funding_name(str(value))
    return str(value)


def _deed(event: ListEvent) -> Deed:
    entry = event.entry
    kept = Snapshot(entry.snapshot) if entry else None
    fields = [name for name in {**event.before, **event.after} if event.before or event.after]
    changes = [
        (
            words.field_name(name),
            _shown(name, event.before.get(name), kept),
            _shown(name, event.after.get(name), kept),
        )
        for name in fields
        if event.before.get(name) or event.after.get(name)
    ]
    name = kept.name if kept else ""
    return Deed(event, words.deed(event.what), name, changes)


def list_page(
    plan: PriorityList, failed: EntryForm | None = None, *, conflict: bool = False
) -> dict[str, Any]:
    """Return the context of the page of a list.

    Parameters
    ----------
    failed
        The form of an entry that was refused; shown open, with its input and faults.
    conflict
        Whether it was refused because someone else changed the entry.
    """
    versions = (evidence_version(), catalogue_version())
    cards = [_card(entry, versions, failed, conflict) for entry in queries.entries(plan)]
    return {
        "list": plan,
        "cards": cards,
        "drifted": sum(card.drift is not None and card.drift.differs for card in cards),
        "removed": [(e, Snapshot(e.snapshot)) for e in queries.entries(plan, removed=True)],
        "deeds": [_deed(event) for event in queries.history(plan)],
        "formats": [(fmt, FORMATS[fmt]) for fmt in exports.WRITERS],
    }
