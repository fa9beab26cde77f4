"""The Django application of this room."""

from importlib import import_module

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """Registers the room `forums`, and what it does every day."""

    name = "sinergi.forums"
    label = "forums"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is done every day."""
        import_module("sinergi.forums.daily")
