"""Ballots: the question, the options, who may vote, and votes, open or secret."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergi.analysis.deliberation import Rule
from sinergi.forums.models.meeting import Delegation, Forum
from sinergi.forums.models.raising import Theme


class Ballot(models.Model):
    """A vote on options: how they are put in order, how many are chosen, who sees who voted what.

    Attributes
    ----------
    places
        How many options are chosen.
    secret
        Votes are sealed while it is open and cannot be led back to a voter afterwards; see ADR 21.
    weighted
        Delegations vote with their weight; never together with `secret`.
    quorum_rule, quorum, quorum_base
        How many must vote for the result to count: the share in percent where the rule is one; and of whom.
    electorate
        `quorum.Tally.as_kept` of a closed ballot: who leaves afterwards changes no result.
    key
        Of a secret ballot, sealed with the key of the installation; forgotten when it is closed.
    outcome
        `analysis.deliberation.Outcome.as_plain()`, with option numbers for items; empty until it is counted.
    """

    class Method(models.TextChoices):
        """The rule by which votes become an order."""

        APPROVAL = Rule.APPROVAL.value, _("approval")
        EQUAL_SHARES = Rule.EQUAL_SHARES.value, _("equal shares")
        BORDA = Rule.BORDA.value, _("Borda")
        SCHULZE = Rule.SCHULZE.value, _("Schulze")
        RANKED_PAIRS = Rule.RANKED_PAIRS.value, _("ranked pairs")

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    class QuorumRule(models.TextChoices):
        """How many must vote."""

        NONE = "none", _("no quorum")
        HALF = "half", _("more than half")
        THIRDS = "thirds", _("at least two thirds")
        PERCENT = "percent", _("at least a share in percent")

    class QuorumBase(models.TextChoices):
        """Of whom so many must vote."""

        INVITED = "invited", _("of those invited")
        COMING = "coming", _("of those that said they come")
        PRESENT = "present", _("of those checked in")

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="ballots")
    question = models.CharField(max_length=300)
    method = models.CharField(max_length=16, choices=Method.choices)
    places = models.PositiveSmallIntegerField(default=1)
    secret = models.BooleanField(default=False)
    weighted = models.BooleanField(default=False)
    quorum_rule = models.CharField(
        max_length=7, choices=QuorumRule.choices, default=QuorumRule.HALF
    )
    quorum = models.PositiveSmallIntegerField(default=50)
    quorum_base = models.CharField(
        max_length=7, choices=QuorumBase.choices, default=QuorumBase.INVITED
    )
    electorate = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    key = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(places__gte=1), name="one_place_at_least"),
            models.CheckConstraint(condition=Q(quorum__lte=100), name="quorum_in_percent"),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(weighted=False), name="secret_votes_weigh_the_same"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "open", "closed", "cancelled")),
                name="ballot_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(key=""), name="key_only_while_open"
            ),
            models.CheckConstraint(
                condition=Q(quorum_rule__in=("none", "half", "thirds", "percent"))
                & Q(quorum_base__in=("invited", "coming", "present")),
                name="quorum_known",
            ),
        )

    def __str__(self) -> str:
        return self.question


class Option(models.Model):
    """Something that can be voted for, usually a theme."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        """Order and constraints of the table."""

        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("ballot", "position"), name="option_position_once"),
        )

    def __str__(self) -> str:
        return self.text


class VotingRight(models.Model):
    """A delegation may vote in a ballot, once.

    Attributes
    ----------
    weight
        As it was when the ballot was opened.
    used
        Whether it voted; when is not kept, because it would tell which vote is whose.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="rights")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(default=1)
    used = models.BooleanField(default=False)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("delegation__organisation__name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("ballot", "delegation"), name="one_vote_each"),
        )

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.delegation_id}"


class SealedVote(models.Model):
    """A vote of a secret ballot that is still open: encrypted, of one length, deleted when it is closed.

    Attributes
    ----------
    mark
        Keyed hash of the receipt, by which a vote that is sent again is known; without the key of the ballot,
        which is forgotten at closing, it leads to no receipt.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="sealed_votes")
    mark = models.CharField(max_length=64)
    content = models.TextField()

    class Meta:
        """Order and constraints of the table."""

        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("ballot", "mark"), name="sealed_vote_once"),)

    def __str__(self) -> str:
        return str(self.pk)


class CastVote(models.Model):
    """A vote that counts: of an open ballot with its voter, of a secret one without, written at closing.

    Attributes
    ----------
    secret
        As its ballot is; then it has no right, and every writer must say so.
    receipt
        Hash of the code that the voter keeps: with it the vote is found in the published result.
    places
        Option number to its place, 1 is the highest; of approvals 1 for approved and 0 for not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    right = models.OneToOneField(
        VotingRight, on_delete=models.PROTECT, related_name="vote", null=True, blank=True
    )
    secret = models.BooleanField()
    receipt = models.CharField(max_length=64)
    places = models.JSONField()
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("ballot", "receipt"), name="receipt_once"),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(right__isnull=True),
                name="secret_vote_without_voter",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
