"""Practices: what an organisation did, what it cost and gave, and whom to call; kept where others find it."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from sinergi.accounts.models import Kept
from sinergi.forums.models.meeting import Forum


class Practice(Kept):
    """A practice that an organisation presents, in a forum or by itself.

    Attributes
    ----------
    objects_named, indicators
        Codes of cooperation objects, and of the indicators in which the result shows.
    contact
        An office with a way to reach it; never a private person.
    """

    KIND: ClassVar[str] = "practice"

    forum = models.ForeignKey(
        Forum, on_delete=models.SET_NULL, related_name="practices", null=True, blank=True
    )
    title = models.CharField(max_length=200)
    problem = models.TextField()
    done = models.TextField()
    cost = models.TextField(blank=True)
    result = models.TextField(blank=True)
    objects_named = models.JSONField(default=list, blank=True)
    indicators = models.JSONField(default=list, blank=True)
    contact = models.CharField(max_length=200, blank=True)

    class Meta:
        """Order of the table."""

        ordering = ("-updated", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("practices:practice", args=[self.pk])
