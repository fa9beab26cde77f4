"""Addresses of the calendar."""

from django.urls import URLPattern, path

from sinergi.agreements.views import calendar

urlpatterns: list[URLPattern] = [
    path("kerja-sama/kalender/", calendar.calendar, name="calendar"),
    path("kerja-sama/kalender/berkas.ics", calendar.calendar_file, name="calendar-file"),
]
