"""Addresses of synchronisation."""

from django.urls import path, re_path

from sinergi.programs.views import sync, sync_findings, sync_new

RUN = "sinkronisasi/<int:run_id>/"
urlpatterns = [
    path("sinkronisasi/", sync.runs, name="sync"),
    path("sinkronisasi/baru/", sync_new.new_run, name="sync-new"),
    path(RUN, sync.run, name="sync-run"),
    path(f"{RUN}keadaan/", sync.run_state, name="sync-state"),
    path(f"{RUN}ulang/", sync.run_again, name="sync-again"),
    path(f"{RUN}arsip/", sync.put_run_away, name="sync-put-away"),
    path(f"{RUN}pulihkan/", sync.restore_run, name="sync-restore"),
    path(f"{RUN}peta.json", sync.run_map, name="sync-map"),
    re_path(
        r"^sinkronisasi/(?P<run_id>[0-9]{1,9})/temuan\.(?P<kind>csv|xlsx)$",
        sync.findings_file,
        name="sync-file",
    ),
    re_path(
        r"^sinkronisasi/(?P<run_id>[0-9]{1,9})/berita-acara\.(?P<kind>docx|xlsx)$",
        sync.record_file,
        name="sync-record",
    ),
    path(f"{RUN}temuan/<int:finding_id>/", sync_findings.finding, name="sync-finding"),
]
