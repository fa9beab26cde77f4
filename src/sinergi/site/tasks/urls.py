"""Addresses of the page of background tasks."""

from django.urls import path

from sinergi.site.tasks import views

app_name = "tasks"
urlpatterns = [
    path("pengelolaan/tugas/", views.tasks, name="tasks"),
    path("pengelolaan/tugas/<uuid:number>/ulangi/", views.retry, name="retry"),
    path("pengelolaan/tugas/<uuid:number>/buang/", views.discard, name="discard"),
]
