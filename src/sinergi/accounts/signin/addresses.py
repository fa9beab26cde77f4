"""E-mail addresses of people as django-allauth keeps them: always one, proved by the invitation."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models.signals import post_save

from sinergi.accounts.models import Person


def on_person_saved(sender: object, instance: Person, raw: bool = False, **more: Any) -> None:
    """Keep the verified address of a person equal to `Person.email`; an erased person has none."""
    fields = more.get("update_fields")
    if raw or (fields is not None and "email" not in fields):
        return
    rows = EmailAddress.objects.filter(user=instance)
    if instance.erased_at is not None:
        rows.delete()
    elif not rows.filter(email=instance.email, primary=True, verified=True).exists():
        rows.filter(primary=True).exclude(email=instance.email).delete()
        EmailAddress.objects.update_or_create(
            user=instance, email=instance.email, defaults={"verified": True, "primary": True}
        )


def listen() -> None:
    """Connect the listener; once, when Django starts."""
    post_save.connect(on_person_saved, sender=Person, dispatch_uid="address-of-person")
