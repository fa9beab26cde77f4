"""Addresses of the themes of a forum, below `forum/<number>/tema/`."""

from django.urls import path

from sinergi.forums.views import themes

urlpatterns = [
    path("", themes.themes, name="themes"),
]
