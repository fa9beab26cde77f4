"""Addresses of the minutes of a forum, below `forum/<number>/berita-acara/`."""

from django.urls import path

from sinergi.forums.views import minutes

urlpatterns = [
    path("", minutes.minutes, name="minutes"),
]
