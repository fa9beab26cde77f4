"""The Django application of this room."""

from importlib import import_module

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Registers the room `programs`."""

    name = "sinergi.programs"
    label = "programs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the room shows elsewhere, and what is told of it to whom."""
        import_module("sinergi.programs.queries.finding")
        import_module("sinergi.programs.telling")
        import_module("sinergi.programs.personal")
        import_module("sinergi.programs.views.funding_panel").register()
        import_module("sinergi.programs.synchronise.panel").register()
