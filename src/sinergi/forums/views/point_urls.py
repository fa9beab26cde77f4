"""Addresses of the points of a forum, below `forum/<number>/butir/`."""

from django.urls import path

from sinergi.forums.views import points

urlpatterns = [
    path("", points.points, name="points"),
    path("<int:point_id>/", points.point, name="point"),
]
