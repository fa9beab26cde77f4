"""The audit trail: one row a deed, each chained to the one before. Rows are never changed or deleted."""

from django.db import models

from sinergi.accounts.audit.verbs import Verb


class AuditRecord(models.Model):
    """Who did what to which object, when and why.

    No personal data is in it: a person is a number, which keeps its meaning when the person is erased.

    Attributes
    ----------
    sequence
        1, 2, 3 … without gaps; the order of the deeds, also when a clock was set back.
    channel
        Way by which it was done: `principal.Channel`.
    actor
        Number of the person; empty for the operator at the command line, the worker, or nobody.
    organisation
        Number of the organisation that owned the object at the time.
    kind, object_id, name
        What was acted on, and what it was called then.
    part
        The part of the object, such as `entry:12` of a priority list.
    before, after
        What differed, as JSON text: text, because a database may reorder what it knows to be JSON.
    previous, hash
        Hash of the record before, and of this one including `previous`: `audit.chain`.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    channel = models.CharField(max_length=12)
    request_id = models.CharField(max_length=64, blank=True)
    actor = models.BigIntegerField(null=True, blank=True)
    organisation = models.BigIntegerField(null=True, blank=True)
    verb = models.CharField(max_length=24, choices=Verb.choices)
    kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=64)
    part = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=255, blank=True)
    before = models.TextField(default="{}")
    after = models.TextField(default="{}")
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """Order and indexes of the table."""

        ordering = ("-sequence",)
        indexes = (
            models.Index(fields=("kind", "object_id", "-sequence"), name="audit_of_object"),
            models.Index(fields=("organisation", "-sequence"), name="audit_of_organisation"),
            models.Index(fields=("actor", "-sequence"), name="audit_of_actor"),
            models.Index(fields=("at",), name="audit_at"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.kind} {self.object_id}"


class AuditHead(models.Model):
    """The end of the chain, in one row: held while a record is added; betrays a removed last record."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        """One row."""

        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_audit_head"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"


class AuditCheck(models.Model):
    """One reading of the whole chain: who asked for it, and what was found.

    Attributes
    ----------
    expected
        `number:hash`, or a hash alone, kept elsewhere, that had to be in the chain.
    records, hash
        How many records hold from the first on, and the hash of the last of them.
    fault, sequence
        Code of `audit.chain.Fault` and where it shows; empty when the chain is whole.
    """

    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.BigIntegerField(null=True, blank=True)
    expected = models.CharField(max_length=90, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    records = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=20, blank=True)
    sequence = models.BigIntegerField(null=True, blank=True)
    guarded = models.BooleanField(default=True)

    class Meta:
        """Order of the table."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk} {self.records} {self.fault}"
