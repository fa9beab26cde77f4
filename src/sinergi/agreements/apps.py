"""The Django application of this room."""

from importlib import import_module

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Registers the room `agreements`."""

    name = "sinergi.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the room shows elsewhere, and what is told of it to whom."""
        for part in PARTS:
            import_module(f"sinergi.agreements.{part}")


PARTS: tuple[str, ...] = (
    "queries.finding",
    "telling",
    "field_words",
    "personal",
    "change_days",
    "changes_panel",
    "evaluation_panel",
    "money_panels",
    "obligations_panel",
    "documents_panel",
    "actions.alarms",
    "actions.first_due",
    "stage_telling",
    "stages_panel",
    "reminders.nightly",
    "reminders_panel",
    "reports.batches",
    "search.index",
)
"""Modules that register something when the room begins."""
