"""Sign-in: letters on their way and the OpenID Connect provider of an organisation."""

from django.conf import settings
from django.db import models

from sinergi.accounts.models.organisations import Organisation


class Letter(models.Model):
    """An e-mail that is sent once; what it says is sealed, and forgotten when it was sent.

    Attributes
    ----------
    template
        Folder of its three templates, such as `accounts/mail/reset`.
    sealed
        Address, language and context, as `sealing.seal` gives them; empty once sent.
    taken_at
        When a worker began to send it; one that broke off is followed by another.
    message_id
        Its `Message-ID`, which nobody guesses: whoever names it has had the letter in hand.
    refused_at, returned_at
        When a mail server refused it for good; when it came back afterwards.
    status, reason
        Why it was refused or came back: the code of RFC 3463 such as `5.1.1`, else that of SMTP, and what the
        mail server said, without the address.
    """

    template = models.CharField(max_length=80)
    sealed = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True, db_index=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=191, blank=True, db_index=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.template}"


class SignInProvider(models.Model):
    """The OpenID Connect provider by which people of an organisation may sign in.

    Attributes
    ----------
    issuer
        Its address; `/.well-known/openid-configuration` below it describes the provider.
    sealed_secret
        Client secret, as `sealing.seal` gives it.
    domains
        Domains of the e-mail addresses for which the provider speaks, in lower case.
    confirmed_at, confirmed_by
        When an administrator of the installation confirmed that issuer, client and domains are right, and
        who; without a person it was the operator. Empty until then, and after a change of any of the three:
        nobody signs in by a provider that waits.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="sign_in_provider"
    )
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=191)
    sealed_secret = models.TextField(blank=True)
    domains = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.issuer}"
