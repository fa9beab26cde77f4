"""Addresses of the board of what became of points, below `tindak-lanjut/`."""

from django.urls import path, re_path

from sinergi.forums.views import board, notices

urlpatterns = [
    path("", board.board, name="board"),
    path("pemberitahuan/", notices.notices, name="notices"),
    re_path(r"^butir\.(?P<kind>csv|xlsx)$", board.board_file, name="board-file"),
]
