"""What search knows of agreements: texts and their words; made from the other tables, never kept."""

from django.db import models

from sinergi.agreements.models.agreement import Agreement


class SearchText(models.Model):
    """A text of an agreement that search looks into for phrases and shows pieces of; long ones in pieces.

    Attributes
    ----------
    kind, ref
        What it is a text of: `agreement`, `party`, `document`, `obligation`, `file`, and its number.
    seen
        When the agreement was changed last before this was read.
    exact, stems
        Its words in order, and all that they may be formed from.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    ref = models.PositiveBigIntegerField()
    seen = models.DateTimeField()
    label = models.CharField(max_length=400)
    text = models.TextField()
    exact = models.TextField()
    stems = models.TextField()

    class Meta:
        """Order and indexes of the table."""

        ordering = ("pk",)
        indexes = (models.Index(fields=("agreement", "kind", "seen"), name="search_by_agreement"),)

    def __str__(self) -> str:
        return self.label


class AgreementWords(models.Model):
    """All words of an agreement, each once: one row answers whether it holds every word that is asked for.

    Attributes
    ----------
    seen
        When the agreement was changed last before it was read: one that was changed since is read again.
    words
        Marked by what they are, see `search.words.marked`: as written, what they may be formed from, and
        those of title, numbers, object and names of parties.
    """

    agreement = models.OneToOneField(
        Agreement, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    seen = models.DateTimeField()
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.agreement_id)
