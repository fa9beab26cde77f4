"""Addresses of the ballots of a forum, below `forum/<number>/suara/`."""

from django.urls import path

from sinergi.forums.views import ballots

urlpatterns = [
    path("", ballots.ballots, name="ballots"),
]
