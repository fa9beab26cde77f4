"""Registers that are brought in from spreadsheets, and reports that are made in batches."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Kept, Organisation
from sinergi.agreements.models.agreement import Agreement


class RegisterState(models.TextChoices):
    """How far an import is."""

    LOADED = "loaded", _("loaded")
    UNDONE = "undone", _("undone")


class RegisterImport(Kept):
    """A register that was loaded from one sheet of a file, whole; it can be undone whole.

    Attributes
    ----------
    reading
        How the file was read: heading row, columns to fields, meanings of words.
    report
        What was doubtful, by kind with cells; how many rows were made, joined and left.
    """

    KIND: ClassVar[str] = "register_import"

    title = models.CharField(max_length=200)
    filename = models.CharField(max_length=200)
    sheet = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    reading = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=6, choices=RegisterState.choices, default=RegisterState.LOADED
    )

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-created", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "sha256", "sheet"),
                condition=Q(state="loaded", deleted_at=None),
                name="register_loaded_once",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("agreements:register-import", args=[self.pk])


class RegisterRow(models.Model):
    """From which row an agreement came, and what the row said, word for word.

    Attributes
    ----------
    written
        Heading to cell, as the file has them.
    doubts
        Codes of what was not clear, with the heading: told in words by `register_imports.words`.
    """

    register = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="entries")
    row = models.PositiveIntegerField()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="register_rows")
    written = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("register", "row")
        constraints = (
            models.UniqueConstraint(fields=("register", "row"), name="row_once_in_a_register"),
        )

    def __str__(self) -> str:
        return f"{self.register_id} {self.row}"


class BatchState(models.TextChoices):
    """How far a batch is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class ReportBatch(models.Model):
    """Reports that are made together in the background: one for each agreement, in one archive."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.BigIntegerField(null=True, blank=True)
    wanted = models.JSONField(default=dict)
    state = models.CharField(max_length=7, choices=BatchState.choices, default=BatchState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        """Order of the table."""

        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"
