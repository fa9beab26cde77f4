"""The Django application of this room."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Registers the room `reference`."""

    name = "sinergi.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"
