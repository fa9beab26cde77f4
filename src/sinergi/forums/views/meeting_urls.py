"""Addresses of forums and of the meeting itself, below `forum/`."""

from django.urls import path

from sinergi.forums.views import meetings

urlpatterns = [
    path("", meetings.forums, name="forums"),
    path("<int:forum_id>/", meetings.forum, name="forum"),
]
