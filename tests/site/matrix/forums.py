"""A forum for the matrix with one of everything, and its pages: what a person needs for each method."""

from datetime import date

from django.utils import timezone

from sinergi.accounts.models import Organisation
from sinergi.forums.models import (
    AgendaItem,
    Ballot,
    Delegate,
    Delegation,
    Forum,
    ForumDocument,
    Minutes,
    Point,
    Remark,
    StrategicIssue,
    Theme,
)

DAY = date(2024, 4, 21)


def meeting(owner: Organisation) -> Forum:
    """A forum that deliberates, with a delegation of its own organisation and one of everything."""
    now = timezone.now()
    forum = Forum.objects.create(
        organisation=owner,
        title="Raker",
        type=Forum.Type.MAPPING,
        begins=DAY,
        ends=DAY,
        stage=Forum.Stages.DELIBERATING,
    )
    row = Delegation.objects.create(
        forum=forum, organisation=owner, answer=Delegation.Answer.COMING, invited_at=now
    )
    Delegate.objects.create(delegation=row, office="Sekda", pass_code=f"kartu{forum.pk}")
    AgendaItem.objects.create(forum=forum, day=DAY, kind="plenary", title="Pleno")
    ForumDocument.objects.create(
        forum=forum,
        title="Undangan",
        filename="undangan.txt",
        media_type="text/plain",
        size=1,
        sha256="0" * 64,
        content=b"x",
    )
    StrategicIssue.objects.create(forum=forum, raised_by=owner, title="Jalan", submitted_at=now)
    theme = Theme.objects.create(forum=forum, title="Jalan")
    Remark.objects.create(theme=theme, organisation=owner, wording="Jalan raya")
    ballot = Ballot.objects.create(forum=forum, question="Mana?", method=Ballot.Method.APPROVAL)
    for position, text in enumerate(("Jalan", "Air"), start=1):
        ballot.options.create(position=position, text=text)
    Point.objects.create(forum=forum, number=1, title="Jalan", type=Point.Type.OWN, touched=DAY)
    _minutes(forum)
    return forum


def _minutes(forum: Forum) -> None:
    from sinergi.forums.minutes import content_of

    content = content_of(forum, "Pembukaan", [("Sekda", "")])
    Minutes.objects.create(forum=forum, version=1, content=content)


def numbers(forum: Forum) -> dict[str, object]:
    """Return what the addresses of a forum name, by the names of their parts."""
    delegation = forum.delegations.get()
    theme = forum.themes.get()
    return {
        "item_id": forum.agenda.get().pk,
        "document_id": forum.documents.get().pk,
        "delegation_id": delegation.pk,
        "delegate_id": delegation.delegates.get().pk,
        "pass_code": delegation.delegates.get().pass_code,
        "issue_id": forum.issues.get().pk,
        "theme_id": theme.pk,
        "remark_id": theme.remarks.get().pk,
        "ballot_id": forum.ballots.get().pk,
        "point_id": forum.points.get().pk,
        "version": 1,
        "fmt": "pdf",
    }
