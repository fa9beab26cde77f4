"""Ways in: invitations by e-mail link and tokens of the API. Only digests of their secrets are stored."""

from django.conf import settings
from django.db import models

from sinergi.accounts.models.organisations import Organisation, Role


class Invitation(models.Model):
    """An offer of a role in an organisation to whoever holds an e-mail address; used once.

    Attributes
    ----------
    digest
        SHA-256 of the secret in the link.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField(max_length=14, choices=Role.choices)
    email = models.EmailField(max_length=254)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order of the table."""

        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return f"#{self.pk} {self.role} {self.organisation_id}"


class ApiToken(models.Model):
    """A key with which a program acts for a person in one organisation.

    Attributes
    ----------
    digest
        SHA-256 of the token.
    hint
        Its first characters, by which a person tells tokens apart.
    scopes
        Codes of `vocabulary.Scope`; what the token may do is what the person may do, within these.
    second_factor
        It was issued in a session that was opened with one, as an organisation may require.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    scopes = models.JSONField(default=list)
    second_factor = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    created = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order of the table."""

        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return f"{self.hint}… {self.name}"
