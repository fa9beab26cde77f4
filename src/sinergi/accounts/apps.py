"""The room `accounts` as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Organisations, people, roles, audit trail."""

    name = "sinergi.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Let the audit trail and the addresses of people follow what happens at sign-in."""
        from sinergi.accounts.audit import guard  # noqa: PLC0415 - as below
        from sinergi.accounts.signin import addresses, records, resets  # noqa: F401, PLC0415 - needs the tables

        records.listen()
        addresses.listen()
        post_migrate.connect(guard.after_migrate, sender=self)
