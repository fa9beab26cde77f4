"""Addresses of the themes of a forum, below `forum/<number>/tema/`."""

from django.urls import path

from sinergi.forums.views import remarks, theme_deeds, theme_merging, themes

urlpatterns = [
    path("", themes.themes, name="themes"),
    path("baru/", theme_deeds.draw_theme, name="theme-draw"),
    path("gabung/", theme_merging.merge_themes, name="theme-merge"),
    path("<int:theme_id>/", themes.theme, name="theme"),
    path("<int:theme_id>/ubah/", theme_deeds.word_theme, name="theme-word"),
    path("<int:theme_id>/isu/", theme_deeds.add_to_theme, name="theme-add"),
    path("<int:theme_id>/pecah/", theme_merging.split_theme, name="theme-split"),
    path("<int:theme_id>/tanggapan/", remarks.remark, name="theme-remark"),
    path(
        "<int:theme_id>/tanggapan/<int:remark_id>/", remarks.decide_amendment, name="theme-decide"
    ),
]
