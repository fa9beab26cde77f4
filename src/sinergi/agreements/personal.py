"""What agreements store about a person: told with all personal data, and forgotten with the person.

Who represents a party and who signed stands in the documents: it belongs to the parties and stays.
"""

from typing import Any

from sinergi.accounts.actions.personal import FORGOTTEN, STORED
from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal
from sinergi.agreements.models import (
    Acceptance,
    Attachment,
    Change,
    ClauseRemark,
    DocumentVersion,
    Evaluation,
    Reading,
    ReminderLetters,
    ReminderSeen,
)

HELD: dict[str, tuple[Any, tuple[str, ...]]] = {
    "remarks_on_clauses": (ClauseRemark, ("document__title", "clause", "text", "created")),
    "texts_accepted": (Acceptance, ("version__document__title", "accepted", "note", "at")),
    "versions_written": (DocumentVersion, ("document__title", "number", "why", "created")),
    "files_handed_in": (Attachment, ("title", "filename", "created")),
    "evaluations_of_agreements": (Evaluation, ("agreement__title", "verdict", "reason", "on")),
    "changes_of_agreements": (Change, ("agreement__title", "title", "created")),
    "measures_read": (Reading, ("measure__name", "on", "value", "source")),
}
"""Heading to the table whose field `by` is the person, and what of a row is told."""
CHOSEN: dict[str, tuple[Any, tuple[str, ...]]] = {
    "reminders_seen": (
        ReminderSeen,
        ("reminder__agreement__title", "reminder__target", "reminder__on", "at"),
    ),
    "reminders_by_letter": (ReminderLetters, ("wanted",)),
}
"""Heading to the table whose field `person` is the person, whose rows go with the person."""
NAMED = (ClauseRemark, Acceptance, Evaluation)
"""Tables that keep the name of who wrote, too."""


def _telling(model: Any, field: str, names: tuple[str, ...]) -> Any:
    def told(by: Principal, person: Person) -> list[dict[str, Any]]:
        if by.partial:
            return []
        rows: Any = model.objects.filter(**{field: person.pk}).order_by("pk")
        return [dict(row) for row in rows.values(*names)]

    return told


def forget(person: Person) -> None:
    """Forget who it was that wrote, accepted, judged and handed in; what was said stays, choices go."""
    for model, _names in HELD.values():
        rows: Any = model.objects.filter(by=person.pk)
        rows.update(by=None, **({"by_name": ""} if model in NAMED else {}))
    forget_words_on_changes(person)
    for model, _names in CHOSEN.values():
        model.objects.filter(person=person.pk).delete()


def words_on_changes(by: Principal, person: Person) -> list[dict[str, Any]]:
    """Return what a person said to changes in the name of parties."""
    if by.partial:
        return []
    found = []
    for change in Change.objects.exclude(answers={}).select_related("agreement").order_by("pk"):
        for said in change.answers.values():
            if said.get("person") == person.pk:
                what = {"agreement__title": change.agreement.title, "title": change.title}
                found.append(
                    {**what, **{name: said.get(name) for name in ("agrees", "on", "note")}}
                )
    return found


def forget_words_on_changes(person: Person) -> None:
    """Forget who spoke for parties; what was said stays."""
    for change in Change.objects.exclude(answers={}).iterator():
        mine = [one for one, said in change.answers.items() if said.get("person") == person.pk]
        for one in mine:
            change.answers[one] |= {"by": "", "person": None}
        if mine:
            Change.objects.filter(pk=change.pk).update(answers=change.answers)


for _heading, (_model, _names) in HELD.items():
    STORED[_heading] = _telling(_model, "by", _names)
for _heading, (_model, _names) in CHOSEN.items():
    STORED[_heading] = _telling(_model, "person", _names)
STORED["words_on_changes"] = words_on_changes
FORGOTTEN["agreements"] = forget
