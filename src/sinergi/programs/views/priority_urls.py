"""Addresses of rankings, below `pemeringkatan/`."""

from django.urls import path, re_path

from sinergi.programs.views import (
    priority,
    priority_criteria,
    priority_files,
    priority_line,
    priority_lines,
    priority_values,
    priority_weights,
)

ONE = "pemeringkatan/<int:ranking_id>/"
urlpatterns = [
    path("pemeringkatan/", priority.rankings, name="rankings"),
    path(ONE, priority.ranking, name="ranking"),
    path(f"{ONE}ubah/", priority.edit_ranking, name="ranking-edit"),
    path(f"{ONE}hapus/", priority.put_ranking_away, name="ranking-delete"),
    path(f"{ONE}pulihkan/", priority.restore_ranking, name="ranking-restore"),
    path(f"{ONE}kriteria/", priority_criteria.criteria, name="ranking-criteria"),
    path(
        f"{ONE}kriteria/<int:criterion_id>/", priority_criteria.criterion, name="ranking-criterion"
    ),
    path(
        f"{ONE}kriteria/<int:criterion_id>/hapus/",
        priority_criteria.remove,
        name="ranking-criterion-delete",
    ),
    path(f"{ONE}baris/", priority_lines.lines, name="ranking-lines"),
    path(f"{ONE}baris/<int:alternative_id>/", priority_line.line, name="ranking-line"),
    path(f"{ONE}nilai/", priority_values.values, name="ranking-values"),
    path(f"{ONE}bobot/", priority_weights.weights, name="ranking-weights"),
    path(f"{ONE}bobot/periksa/", priority_weights.check, name="ranking-weights-check"),
    re_path(
        r"^pemeringkatan/(?P<ranking_id>\d{1,9})/berkas\.(?P<kind>csv|xlsx)$",
        priority_files.ranking_file,
        name="ranking-file",
    ),
]
