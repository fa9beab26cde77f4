"""Addresses of plans, their versions and lines."""

from django.urls import path, re_path

from sinergi.programs.views import channels, line_files, lines, lookups, plans, versions

PLAN = "rencana/<int:plan_id>"
urlpatterns = [
    path("rencana/", plans.plans, name="plans"),
    path("rencana/baru/", plans.new_plan, name="plan-new"),
    path("rencana/cek/kode/", lookups.code, name="code-check"),
    path("rencana/cek/tempat/", lookups.place, name="place-check"),
    path("rencana/cek/jumlah/", lookups.amount, name="amount-check"),
    path(f"{PLAN}/", plans.plan, name="plan"),
    path(f"{PLAN}/ubah/", plans.edit_plan, name="plan-edit"),
    path(f"{PLAN}/arsip/", plans.put_plan_away, name="plan-put-away"),
    path(f"{PLAN}/pulihkan/", plans.restore_plan, name="plan-restore"),
    path(f"{PLAN}/bandingkan/", versions.compare_versions, name="compare"),
    path(f"{PLAN}/versi/", versions.new_version, name="version-new"),
    path(f"{PLAN}/versi/<int:number>/", versions.version, name="version"),
    path(f"{PLAN}/versi/<int:number>/nama/", versions.rename_version, name="version-rename"),
    path(f"{PLAN}/versi/<int:number>/berlaku/", versions.make_current, name="version-current"),
    path(f"{PLAN}/versi/<int:number>/baris/baru/", lines.new_line, name="line-new"),
    path(f"{PLAN}/versi/<int:number>/sumber-dana/", channels.channels, name="version-channels"),
    re_path(
        r"^rencana/(?P<plan_id>[0-9]{1,9})/versi/(?P<number>[0-9]{1,9})/baris\.(?P<kind>csv|xlsx)$",
        line_files.lines_file,
        name="lines-file",
    ),
    path(f"{PLAN}/baris/<uuid:identity>/", lines.line, name="line"),
    path(f"{PLAN}/baris/<uuid:identity>/ubah/", lines.edit_line, name="line-edit"),
    path(f"{PLAN}/baris/<uuid:identity>/hapus/", lines.remove_line, name="line-remove"),
]
