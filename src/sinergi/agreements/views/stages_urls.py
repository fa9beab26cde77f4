"""Addresses of the stages: tracks, tasks, approvals, advice, and what waits."""

from django.urls import URLPattern, path

from sinergi.agreements.views import reminders, stage_papers, stage_tasks, stages, waiting

OF, OF_PARTY = (
    "kerja-sama/<int:agreement_id>/tahap/",
    ("kerja-sama/<int:agreement_id>/tahap/pihak/<int:party_id>/"),
)

urlpatterns: list[URLPattern] = [
    path("kerja-sama/menunggu/", waiting.waiting, name="waiting"),
    path("kerja-sama/menunggu/dilihat/", reminders.seen, name="reminders-seen"),
    path("kerja-sama/menunggu/surat/", reminders.letters, name="reminder-letters"),
    path("kerja-sama/<int:agreement_id>/pengingat/", reminders.reminders, name="reminders"),
    path(OF, stages.stages, name="stages"),
    path(OF + "hitung-ulang/", stages.recompute, name="track-recompute"),
    path(OF_PARTY + "maju/", stages.advance, name="track-advance"),
    path(OF_PARTY + "mundur/", stages.go_back, name="track-back"),
    path(OF_PARTY + "jawaban/", stage_papers.offer_answer, name="offer-answer"),
    path(OF_PARTY + "persetujuan/<slug:kind>/", stage_papers.approval, name="approval"),
    path(OF_PARTY + "tugas/<slug:stage>/<slug:code>/", stage_tasks.task, name="task-of-party"),
    path(OF + "tugas/baru/", stage_tasks.new_task, name="task-new"),
    path(OF + "tugas/<int:task_id>/hapus/", stage_tasks.remove_task, name="task-remove"),
    path(OF + "tugas/<slug:stage>/<slug:code>/", stage_tasks.task, name="task"),
    path(OF + "tugas/<slug:stage>/<slug:code>/tandai/", stage_tasks.mark_task, name="task-mark"),
    path(OF + "saran/baru/", stage_papers.new_advice, name="advice-new"),
    path(OF + "saran/<int:advice_id>/", stage_papers.advice, name="advice"),
    path(OF + "saran/<int:advice_id>/tarik/", stage_papers.withdraw_advice, name="advice-withdraw"),
]
