"""What people choose to be told by e-mail."""

from django.conf import settings
from django.db import models


class NoticeChoice(models.Model):
    """Whether somebody gets a digest of what became of points; who never chose gets one.

    Attributes
    ----------
    digest
        At most one letter a day, on days on which there is something to tell.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.BooleanField(default=True)

    class Meta:
        """Order of the table."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.digest}"
