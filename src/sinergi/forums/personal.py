"""What forums store about a person: told with all personal data, and forgotten with the person."""

from typing import Any

from sinergi.accounts.actions.personal import FORGOTTEN, STORED
from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal
from sinergi.forums.models import InvitationLetter, NoticeChoice


def letters_chosen(by: Principal, person: Person) -> dict[str, bool] | None:
    """Return which letters somebody chose to get; nothing where nothing was chosen."""
    row = NoticeChoice.objects.filter(person=person.pk).first()
    return None if row is None else {kind: getattr(row, kind) for kind in NoticeChoice.Kind.values}


def invitations_written(by: Principal, person: Person) -> list[dict[str, Any]]:
    """Return to which meetings somebody was invited by letter; only where all of the person's roles count."""
    if by.partial:
        return []
    rows = InvitationLetter.objects.filter(person=person.pk).order_by("pk")
    found = rows.values_list(
        "delegation__forum__title", "delegation__organisation__code", "letter__created"
    )
    return [{"forum": title, "organisation": code, "written": at} for title, code, at in found]


def forget_choice(person: Person) -> None:
    """Forget which letters somebody chose to get."""
    NoticeChoice.objects.filter(person=person.pk).delete()


STORED["letters_of_forums"] = letters_chosen
STORED["invitations_to_forums"] = invitations_written
FORGOTTEN["forums"] = forget_choice
