"""Addresses of the board of what became of points, below `tindak-lanjut/`."""

from django.urls import path

from sinergi.forums.views import board

urlpatterns = [
    path("", board.board, name="board"),
]
