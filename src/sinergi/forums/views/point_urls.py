"""Addresses of the points of a forum, below `forum/<number>/butir/`."""

from django.urls import path

from sinergi.forums.views import (
    point_act,
    point_deeds,
    point_meaning,
    point_new,
    point_news,
    point_objects,
    points,
)

urlpatterns = [
    path("", points.points, name="points"),
    path("baru/", point_new.new_point, name="point-new"),
    path("teruskan/", point_deeds.forward, name="points-forward"),
    path("terima/", point_deeds.take_in, name="points-take"),
    path("jumlah/", point_news.how_many, name="points-told"),
    path("<int:point_id>/", points.point, name="point"),
    path("<int:point_id>/ubah/", points.edit_point, name="point-edit"),
    path("<int:point_id>/coret/", point_deeds.strike, name="point-strike"),
    path("<int:point_id>/pantau/", point_deeds.watch, name="point-watch"),
    path("<int:point_id>/objek/", point_objects.name, name="point-objects"),
    path("<int:point_id>/pihak/", point_meaning.meant, name="point-meant"),
    path("<int:point_id>/kabar/", point_news.report, name="point-report"),
    path("<int:point_id>/daftar/", point_act.act, name="point-act"),
]
