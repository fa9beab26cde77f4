"""The Django application of this room."""

from importlib import import_module

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """Registers the room `forums`, what it does every day, and whom it tells what."""

    name = "sinergi.forums"
    label = "forums"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is done daily, told to whom, stored of people, and what entries were made of."""
        import_module("sinergi.forums.daily")
        import_module("sinergi.forums.personal")
        import_module("sinergi.forums.queries.telling")
        import_module("sinergi.forums.queries.points")
        import_module("sinergi.forums.queries.finding")
