"""Quorums with a rule and a base, and constraints of secret ballots; what is there keeps its meaning."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import Q

RULES = (
    ("none", "no quorum"),
    ("half", "more than half"),
    ("thirds", "at least two thirds"),
    ("percent", "at least a share in percent"),
)
BASES = (
    ("invited", "of those invited"),
    ("coming", "of those that said they come"),
    ("present", "of those checked in"),
)


def mend(apps: Any, _editor: Any) -> None:
    """Say of votes whether they are secret, and bring rows in order that the constraints would refuse."""
    ballots, votes = (apps.get_model("forums", name) for name in ("Ballot", "CastVote"))
    states = ("draft", "open", "closed", "cancelled")
    ballots.objects.exclude(state__in=states).update(state="cancelled")
    ballots.objects.exclude(state="open").exclude(key="").update(key="")
    votes.objects.filter(ballot__secret=True).update(secret=True, right=None)


def nothing(_apps: Any, _editor: Any) -> None:
    """Going back, the fields go."""


class Migration(migrations.Migration):
    """Fields with the old meaning for what is there, then with the defaults for what comes."""

    dependencies: ClassVar = [("forums", "0005_points_told")]

    operations: ClassVar = [
        migrations.AddField("ballot", "electorate", models.JSONField(blank=True, null=True)),
        migrations.AddField(
            "ballot",
            "quorum_rule",
            models.CharField(choices=RULES, default="percent", max_length=7),
        ),
        migrations.AddField(
            "ballot",
            "quorum_base",
            models.CharField(choices=BASES, default="coming", max_length=7),
        ),
        migrations.AlterField(
            "ballot",
            "quorum_rule",
            models.CharField(choices=RULES, default="half", max_length=7),
        ),
        migrations.AlterField(
            "ballot",
            "quorum_base",
            models.CharField(choices=BASES, default="invited", max_length=7),
        ),
        migrations.AddField("castvote", "secret", models.BooleanField(default=False)),
        migrations.RunPython(mend, nothing),
        migrations.AlterField("castvote", "secret", models.BooleanField()),
        migrations.AddConstraint(
            "ballot",
            models.CheckConstraint(
                condition=Q(state__in=("draft", "open", "closed", "cancelled")),
                name="ballot_state_known",
            ),
        ),
        migrations.AddConstraint(
            "ballot",
            models.CheckConstraint(
                condition=Q(state="open") | Q(key=""), name="key_only_while_open"
            ),
        ),
        migrations.AddConstraint(
            "ballot",
            models.CheckConstraint(
                condition=Q(quorum_rule__in=("none", "half", "thirds", "percent"))
                & Q(quorum_base__in=("invited", "coming", "present")),
                name="quorum_known",
            ),
        ),
        migrations.AddConstraint(
            "castvote",
            models.CheckConstraint(
                condition=Q(secret=False) | Q(right__isnull=True),
                name="secret_vote_without_voter",
            ),
        ),
    ]
