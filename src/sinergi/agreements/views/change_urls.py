"""Addresses of changes, assets and evaluations of an agreement."""

from django.urls import URLPattern, path

from sinergi.agreements.views import assets, changes, evaluations

ONE = "kerja-sama/<int:agreement_id>"
CHANGE = f"{ONE}/perubahan/<int:change_id>"
urlpatterns: list[URLPattern] = [
    path(f"{ONE}/perubahan/", changes.changes, name="changes"),
    path(f"{ONE}/perubahan/baru/<slug:kind>/", changes.new_change, name="change-new"),
    path(f"{CHANGE}/", changes.change, name="change"),
    path(f"{CHANGE}/jawaban/", changes.answer, name="change-answer"),
    path(f"{CHANGE}/tutup/", changes.refuse, name="change-refuse"),
    path(f"{CHANGE}/berlakukan/", changes.conclude, name="change-effect"),
    path(f"{ONE}/aset/baru/", assets.new_asset, name="asset-new"),
    path(f"{ONE}/aset/<int:asset_id>/ubah/", assets.edit_asset, name="asset-edit"),
    path(f"{ONE}/evaluasi/", evaluations.evaluations, name="evaluations"),
    path(f"{ONE}/evaluasi/baru/", evaluations.new_evaluation, name="evaluation-new"),
    path(f"{ONE}/evaluasi/<int:number>/", evaluations.evaluation, name="evaluation"),
    path(f"{ONE}/evaluasi/<int:number>/ubah/", evaluations.edit_evaluation, name="evaluation-edit"),
]
