"""Addresses of the room `forums`."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "forums"
FORUM = "forum/<int:forum_id>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("forum/", include("sinergi.forums.views.meeting_urls")),
    path(f"{FORUM}/isu/", include("sinergi.forums.views.issue_urls")),
    path(f"{FORUM}/tema/", include("sinergi.forums.views.theme_urls")),
    path(f"{FORUM}/suara/", include("sinergi.forums.views.ballot_urls")),
    path(f"{FORUM}/butir/", include("sinergi.forums.views.point_urls")),
    path(f"{FORUM}/berita-acara/", include("sinergi.forums.views.minutes_urls")),
    path("tindak-lanjut/", include("sinergi.forums.views.board_urls")),
]
