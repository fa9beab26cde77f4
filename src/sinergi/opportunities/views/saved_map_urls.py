"""Addresses of saved maps, below `peta-tersimpan/`."""

from django.urls import path

from sinergi.opportunities.views import saved_maps

urlpatterns = [
    path("", saved_maps.saved_maps, name="saved-maps"),
    path("baru/", saved_maps.save_map, name="saved-map-new"),
    path("<int:map_id>/", saved_maps.saved_map, name="saved-map"),
    path("<int:map_id>/hapus/", saved_maps.put_map_away, name="saved-map-delete"),
    path("<int:map_id>/pulihkan/", saved_maps.restore_map, name="saved-map-restore"),
]
