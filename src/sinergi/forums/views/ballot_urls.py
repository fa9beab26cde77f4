"""Addresses of the ballots of a forum, below `forum/<number>/suara/`."""

from django.urls import path

from sinergi.forums.views import ballot_making, ballots, live, voting

ONE = "<int:ballot_id>/"
urlpatterns = [
    path("", ballots.ballots, name="ballots"),
    path("baru/", ballot_making.new_ballot, name="ballot-new"),
    path(ONE, ballots.ballot, name="ballot"),
    path(f"{ONE}ubah/", ballot_making.edit_ballot, name="ballot-edit"),
    path(f"{ONE}buka/", ballots.open_ballot, name="ballot-open"),
    path(f"{ONE}tutup/", ballots.close_ballot, name="ballot-close"),
    path(f"{ONE}batal/", ballots.cancel_ballot, name="ballot-cancel"),
    path(f"{ONE}hitung/", ballots.count_ballot, name="ballot-count"),
    path(f"{ONE}periksa/", ballots.check_vote, name="ballot-check"),
    path(f"{ONE}pilih/", voting.vote, name="vote"),
    path(f"{ONE}pilih/keadaan/", voting.vote_state, name="vote-state"),
    path(f"{ONE}layar/", live.projector, name="projector"),
    path(f"{ONE}layar/jumlah/", live.projector_turnout, name="projector-turnout"),
    path(f"{ONE}layar/aliran/", live.projector_stream, name="projector-stream"),
]
