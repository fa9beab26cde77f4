"""The Django application of this room."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers the room `evidence`."""

    name = "sinergi.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
