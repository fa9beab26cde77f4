"""Addresses of priority lists, below `daftar/`."""

from django.urls import path

from sinergi.opportunities.views import list_entries, lists

ENTRY = "<int:list_id>/butir/<int:entry_id>/"
urlpatterns = [
    path("", lists.lists, name="lists"),
    path("tambah/", list_entries.add_entry, name="list-add"),
    path("<int:list_id>/", lists.one_list, name="list"),
    path("<int:list_id>/ubah/", lists.edit_list, name="list-edit"),
    path("<int:list_id>/hapus/", lists.delete_list, name="list-delete"),
    path("<int:list_id>/pulihkan/", lists.restore_list, name="list-restore"),
    path("<int:list_id>/ekspor.<str:fmt>", lists.export, name="list-export"),
    path(f"{ENTRY}ubah/", list_entries.edit_entry, name="entry-edit"),
    path(f"{ENTRY}pindah/", list_entries.move_entry, name="entry-move"),
    path(f"{ENTRY}hapus/", list_entries.remove_entry, name="entry-remove"),
    path(f"{ENTRY}pulihkan/", list_entries.restore_entry, name="entry-restore"),
    path(f"{ENTRY}perbarui/", list_entries.renew_entry, name="entry-renew"),
]
