"""Addresses of practices, below `praktik/`."""

from django.urls import path

from sinergi.forums.practices import views

app_name = "practices"
urlpatterns = [
    path("", views.practices, name="practices"),
    path("baru/", views.new_practice, name="practice-new"),
    path("<int:number>/", views.practice, name="practice"),
    path("<int:number>/ubah/", views.edit_practice, name="practice-edit"),
    path("<int:number>/arsip/", views.put_practice_away, name="practice-put-away"),
    path("<int:number>/pulihkan/", views.restore_practice, name="practice-restore"),
]
