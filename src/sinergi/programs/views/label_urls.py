"""Addresses of judging pairs of lines."""

from django.urls import path

from sinergi.programs.views import labels

urlpatterns = [
    path("sinkronisasi/pelabelan/", labels.labels, name="labels"),
    path("sinkronisasi/pelabelan.csv", labels.answers_file, name="labels-file"),
    path("sinkronisasi/pelabelan/<int:label_id>/batal/", labels.take_back, name="label-undo"),
]
