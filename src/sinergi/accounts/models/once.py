"""Deeds that were asked for under a key, so that asking again does not do them again."""

from django.db import models


class DoneOnce(models.Model):
    """What a deed gave that somebody asked for under a key.

    Attributes
    ----------
    asker
        Who asked: `person:12`, `operator`.
    key
        What the asker called the request: the token of a form, the `Idempotency-Key` of the API; hashed.
    content
        Hash of what was asked.
    result
        What it gave, as JSON: the number of what was made.
    """

    asker = models.CharField(max_length=40)
    deed = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    created = models.DateTimeField()

    class Meta:
        """Order, indexes and constraints of the table."""

        ordering = ("pk",)
        indexes = (models.Index(fields=("created",), name="done_once_by_age"),)
        constraints = (
            models.UniqueConstraint(fields=("asker", "deed", "key"), name="done_once_a_key"),
        )

    def __str__(self) -> str:
        return f"{self.asker} {self.deed}"
