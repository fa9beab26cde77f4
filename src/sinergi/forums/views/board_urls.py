"""Addresses of the board of what became of points, below `tindak-lanjut/`."""

from django.urls import path, re_path

from sinergi.forums.views import board

urlpatterns = [
    path("", board.board, name="board"),
    re_path(r"^butir\.(?P<kind>csv|xlsx)$", board.board_file, name="board-file"),
]
