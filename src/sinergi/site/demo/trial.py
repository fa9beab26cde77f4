"""A forum of the demo that is an example and says so: open for everything that people may want to try."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.forums.actions import (
    agenda,
    ballots,
    invitations,
    issues,
    meetings,
    points,
    themes,
)
from sinergi.forums.details import (
    AgendaDetails,
    BallotDetails,
    ForumDetails,
    IssueDetails,
    PointDetails,
    ThemeDetails,
)
from sinergi.forums.models import Delegation, Forum
from sinergi.forums.stages import Stage
from sinergi.site.demo.people import CITY, HOST, KOMWIL, MINISTRY, OTHER, acts_as

TITLE = "Demo – Musyawarah Komwil V (contoh)"
THEME = "Contoh: konektivitas dan pangan antarkota"
PURPOSE = "Forum contoh untuk mencoba: semua isinya contoh, bukan usul atau keputusan siapa pun."
EXAMPLES = (
    (CITY, "jalan antarkota rusak pada musim hujan", "1.03"),
    (OTHER, "jalan penghubung antarkota cepat rusak", "1.03"),
    (HOST, "pasokan beras antarkota belum teratur", "2.09"),
)
"""Who raises, what, in which affair: two say nearly the same, so that themes can be drawn."""
SPEAKERS = {
    CITY: "analis.palangkaraya",
    OTHER: "analis.banjarmasin",
    HOST: "analis.banjarbaru",
}
DONE_IN = timedelta(days=180)
"""By when the point of the example is to be done, counted from the day on which the demo is made."""


def ensure_trial() -> bool:
    """Make the forum of the demo unless there was one of its name; return whether it was made."""
    owner = Organisation.objects.get(code=KOMWIL)
    if Forum.objects.filter(organisation=owner, title=TITLE).exists():
        return False
    with transaction.atomic():
        _play(acts_as("sekretariat.komwil5"), owner)
    return True


def _play(secretary: Principal, owner: Organisation) -> None:
    """Take the forum from its announcement to the deliberation."""
    today = timezone.localdate()
    details = ForumDetails(
        TITLE,
        "commissariat",
        theme=THEME,
        purpose=PURPOSE,
        host="Kota Banjarbaru (contoh)",
        place="Banjarbaru",
        region_code="63.72",
        begins=today,
        ends=today + timedelta(days=1),
    )
    number = meetings.announce(secretary, owner, details).pk
    agenda.add_agenda_item(
        secretary, number, AgendaDetails("Contoh: pleno", today, "plenary", place="Aula (contoh)")
    )
    delegations = _invite(secretary, number, owner)
    meetings.move_on(secretary, number, Stage.RAISING)
    raised = [_raise(number, delegations, *one) for one in EXAMPLES]
    meetings.move_on(secretary, number, Stage.PREPARING)
    roads = themes.draw_theme(
        secretary, number, ThemeDetails("Contoh: perbaikan jalan antarkota"), raised[:2]
    )
    food = themes.draw_theme(
        secretary, number, ThemeDetails("Contoh: pasokan beras antarkota"), raised[2:]
    )
    meetings.move_on(secretary, number, Stage.DELIBERATING)
    options = tuple((theme.title, theme.pk) for theme in (roads, food))
    # Of those who come: three of the nine that are invited play in the example, and can decide.
    question = BallotDetails(
        "Contoh: tema mana yang didahulukan?", "borda", options, quorum_base="coming"
    )
    ballot = ballots.prepare_ballot(secretary, number, question)
    ballots.open_ballot(secretary, number, ballot.pk)
    point = PointDetails(
        1,
        "Contoh: mengusulkan perbaikan jalan antarkota",
        "advocacy",
        text="Butir contoh, agar berita acara dapat dicoba.",
        affair="1.03",
        addressees=("Kementerian (demo)",),
        owner_name="Pemerintah Kota Banjarmasin",
        meant=(("Kementerian (demo)", MINISTRY), ("Pemerintah Kota Banjarmasin", OTHER)),
        due=today + DONE_IN,
    )
    points.agree(secretary, number, point, points.Origin(themes=(roads.pk,)))


def _invite(secretary: Principal, number: int, owner: Organisation) -> dict[str, Delegation]:
    """Invite the members of the commissariat; those with people of the demo say that they come."""
    members = Organisation.objects.filter(belongs_to__association=owner, deleted_at=None)
    rows = invitations.invite(secretary, number, members, letters=False)
    found = {row.organisation.code: row for row in rows}
    for code, user in SPEAKERS.items():
        invitations.answer(acts_as(user), number, found[code].pk, coming=True, note="Contoh")
    return found


def _raise(
    number: int, delegations: dict[str, Delegation], code: str, what: str, affair: str
) -> int:
    details = IssueDetails(f"Contoh: {what}", text=f"Isu contoh untuk demo: {what}.", affair=affair)
    by = acts_as(SPEAKERS[code])
    return issues.raise_issue(by, number, delegations[code].pk, details).pk
