"""Addresses of the minutes of a forum, below `forum/<number>/berita-acara/`."""

from django.urls import path

from sinergi.forums.views import minutes, minutes_files, minutes_making

urlpatterns = [
    path("", minutes.minutes, name="minutes"),
    path("susun/", minutes_making.draw_up, name="minutes-draw-up"),
    path("<int:version>/", minutes.version, name="minutes-version"),
    path("<int:version>/segel/", minutes_making.seal, name="minutes-seal"),
    path("<int:version>/beda/", minutes.difference, name="minutes-difference"),
    path("<int:version>/periksa/", minutes_files.check_file, name="minutes-check"),
    path("<int:version>/berkas.<str:fmt>", minutes_files.file, name="minutes-file"),
]
