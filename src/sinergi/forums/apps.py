"""The Django application of this room."""

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """Registers the room `forums`."""

    name = "sinergi.forums"
    label = "forums"
    default_auto_field = "django.db.models.BigAutoField"
