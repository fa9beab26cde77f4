"""A forum for the matrix with one of everything, and its pages: what a person needs for each method."""

from datetime import date

from django.utils import timezone

from sinergi.accounts.models import Organisation
from sinergi.forums.minutes import content_of, hash_of
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
        open_to_all=True,
    )
    StrategicIssue.objects.create(forum=forum, raised_by=owner, title="Jalan", submitted_at=now)
    theme = Theme.objects.create(forum=forum, title="Jalan")
    Remark.objects.create(theme=theme, organisation=owner, wording="Jalan raya")
    now = timezone.now()
    ballot = Ballot.objects.create(
        forum=forum,
        question="Mana?",
        method=Ballot.Method.APPROVAL,
        state=Ballot.State.CLOSED,
        opened_at=now,
        closed_at=now,
    )
    for position, text in enumerate(("Jalan", "Air"), start=1):
        ballot.options.create(position=position, text=text)
    Point.objects.create(forum=forum, number=1, title="Jalan", type=Point.Type.OWN, touched=DAY)
    _minutes(forum)
    return forum


def _minutes(forum: Forum) -> None:
    content = content_of(forum, "Pembukaan", [("Sekda", "")])
    Minutes.objects.create(
        forum=forum, version=1, content=content, sha256=hash_of(content), sealed_at=timezone.now()
    )
    Minutes.objects.create(forum=forum, version=2, content=content)


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


PAGES: dict[str, tuple[str, str]] = {
    "forum": ("read", ""),
    "forum-edit": ("edit", "edit"),
    "forum-stage": ("", "remove"),
    "forum-put-away": ("", "remove"),
    "forum-restore": ("", "remove"),
    "agenda": ("", "edit"),
    "agenda-edit": ("edit", "edit"),
    "agenda-remove": ("", "edit"),
    "documents": ("", "edit"),
    "document": ("read", ""),
    "document-edit": ("edit", "edit"),
    "document-remove": ("", "edit"),
    "calendar": ("read", ""),
    "invitations": ("edit", "edit"),
    "delegation": ("delegation", ""),
    "delegation-answer": ("", "speak"),
    "delegation-weight": ("", "edit"),
    "delegation-letter": ("", "edit"),
    "delegation-contact": ("", "edit"),
    "delegation-leave": ("", "speak or edit"),
    "delegates": ("", "speak"),
    "delegate-remove": ("", "speak"),
    "delegation-passes": ("delegation", ""),
    "passes": ("edit", ""),
    "desk": ("edit", "edit"),
    "check-in": ("door", "door"),
    "issues": ("read", ""),
    "issue-new": ("speak", "speak"),
    "issue-evidence": ("speak or edit", ""),
    "issue": ("read", ""),
    "issue-edit": ("speak", "speak"),
    "issue-withdraw": ("", "speak"),
    "themes": ("read", ""),
    "theme": ("read", ""),
    "theme-draw": ("edit", "edit"),
    "theme-merge": ("edit", "edit"),
    "theme-word": ("edit", "edit"),
    "theme-add": ("", "edit"),
    "theme-split": ("edit", "edit"),
    "theme-remark": ("", "speak"),
    "theme-decide": ("", "edit"),
    "ballots": ("read", ""),
    "ballot-new": ("edit", "edit"),
    "ballot": ("read", ""),
    "ballot-edit": ("edit", "edit"),
    "ballot-open": ("", "edit"),
    "ballot-close": ("", "edit"),
    "ballot-cancel": ("", "edit"),
    "ballot-count": ("", "edit"),
    "ballot-check": ("", "read"),
    "vote": ("read", "door"),
    "vote-state": ("door", ""),
    "projector": ("read", ""),
    "projector-turnout": ("read", ""),
    "projector-stream": ("", ""),
    "points": ("read", ""),
    "point-new": ("edit", "edit"),
    "points-forward": ("read", "door"),
    "points-take": ("edit", "edit"),
    "points-told": ("", "edit"),
    "point": ("read", ""),
    "point-edit": ("edit", "edit"),
    "point-strike": ("", "edit"),
    "point-watch": ("", "edit"),
    "point-objects": ("edit", "edit"),
    "point-meant": ("edit", "edit"),
    "point-report": ("", "edit"),
    "point-act": ("read", "door"),
    "minutes": ("read", ""),
    "minutes-draw-up": ("edit", "edit"),
    "minutes-version": ("read", ""),
    "minutes-seal": ("", "remove"),
    "minutes-difference": ("door", ""),
    "minutes-check": ("signed in", "signed in"),
    "minutes-file": ("read", ""),
}
"""Pages of one forum, and what a person needs to get and to post each."""
FEW = ("edit",)
"""Standing for which the parts of a forum are walked, house, partners and strangers; the forum for all."""


def sent(name: str, inside: dict[str, object]) -> dict[str, object]:
    """Return what is posted on a page so that permissions, and not its form, decide."""
    return {
        "forum-stage": {"tahap": "sealed"},
        "ballot-cancel": {"mengapa": "salah"},
        "delegates": {"office": "Sekda"},
        "delegation-answer": {"jawab": "datang"},
        "point-report": {"fate": "sent", "day": "2024-05-02", "revision": "1"},
        "theme-remark": {"text": "Setuju", "delegation": inside["delegation_id"]},
    }.get(name, {})
