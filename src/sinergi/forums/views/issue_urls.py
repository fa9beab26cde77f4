"""Addresses of the issues of a forum, below `forum/<number>/isu/`."""

from django.urls import path

from sinergi.forums.views import issues

urlpatterns = [
    path("", issues.issues, name="issues"),
]
