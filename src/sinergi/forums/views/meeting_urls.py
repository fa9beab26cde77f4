"""Addresses of forums and of the meeting itself, below `forum/`."""

from django.urls import path

from sinergi.forums.views import (
    attendance,
    delegations,
    invitations,
    meeting_changes,
    meeting_parts,
    meetings,
    stages,
)

ONE = "<int:forum_id>"
DELEGATION = f"{ONE}/delegasi/<int:delegation_id>"

urlpatterns = [
    path("", meetings.forums, name="forums"),
    path("baru/", meetings.new_forum, name="forum-new"),
    path(f"{ONE}/", meetings.forum, name="forum"),
    path(f"{ONE}/ubah/", meetings.edit_forum, name="forum-edit"),
    path(f"{ONE}/tahap/", stages.move_forum, name="forum-stage"),
    path(f"{ONE}/arsip/", stages.put_forum_away, name="forum-put-away"),
    path(f"{ONE}/pulihkan/", stages.restore_forum, name="forum-restore"),
    path(f"{ONE}/acara/", meeting_parts.add_agenda_item, name="agenda"),
    path(
        f"{ONE}/acara/<int:item_id>/hapus/",
        meeting_parts.remove_agenda_item,
        name="agenda-remove",
    ),
    path(
        f"{ONE}/acara/<int:item_id>/ubah/",
        meeting_changes.change_agenda_item,
        name="agenda-edit",
    ),
    path(f"{ONE}/dokumen/", meeting_parts.add_document, name="documents"),
    path(f"{ONE}/dokumen/<int:document_id>/", meeting_parts.document, name="document"),
    path(
        f"{ONE}/dokumen/<int:document_id>/hapus/",
        meeting_parts.remove_document,
        name="document-remove",
    ),
    path(
        f"{ONE}/dokumen/<int:document_id>/ubah/",
        meeting_changes.change_document,
        name="document-edit",
    ),
    path(f"{ONE}/kalender.ics", meeting_parts.calendar, name="calendar"),
    path(f"{ONE}/undangan/", invitations.invitations, name="invitations"),
    path(f"{DELEGATION}/", delegations.delegation, name="delegation"),
    path(f"{DELEGATION}/jawab/", delegations.answer, name="delegation-answer"),
    path(f"{DELEGATION}/bobot/", invitations.weigh, name="delegation-weight"),
    path(f"{DELEGATION}/surat/", invitations.write_again, name="delegation-letter"),
    path(f"{DELEGATION}/alamat/", invitations.name_contact, name="delegation-contact"),
    path(f"{DELEGATION}/keluar/", delegations.leave, name="delegation-leave"),
    path(f"{DELEGATION}/anggota/", delegations.name_delegate, name="delegates"),
    path(
        f"{DELEGATION}/anggota/<int:delegate_id>/hapus/",
        delegations.remove_delegate,
        name="delegate-remove",
    ),
    path(f"{DELEGATION}/kartu/", attendance.passes_of_delegation, name="delegation-passes"),
    path(f"{ONE}/kartu/", attendance.passes, name="passes"),
    path(f"{ONE}/hadir/", attendance.desk, name="desk"),
    path(f"{ONE}/hadir/<str:pass_code>/", attendance.check_in, name="check-in"),
]
