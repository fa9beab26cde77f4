"""The Django application of this room."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers the room `site`."""

    name = "sinergi.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"
