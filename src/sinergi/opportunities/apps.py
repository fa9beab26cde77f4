"""The Django application of this room."""

from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    """Registers the room `opportunities`."""

    name = "sinergi.opportunities"
    label = "opportunities"
    default_auto_field = "django.db.models.BigAutoField"
