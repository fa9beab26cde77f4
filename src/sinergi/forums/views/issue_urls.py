"""Addresses of the issues of a forum, below `forum/<number>/isu/`."""

from django.urls import path

from sinergi.forums.views import issue_evidence, issue_page, issues

urlpatterns = [
    path("", issues.issues, name="issues"),
    path("baru/", issues.new_issue, name="issue-new"),
    path("bukti/", issue_evidence.issue_evidence, name="issue-evidence"),
    path("<int:issue_id>/", issue_page.issue, name="issue"),
    path("<int:issue_id>/ubah/", issues.edit_issue, name="issue-edit"),
    path("<int:issue_id>/tarik/", issue_page.withdraw_issue, name="issue-withdraw"),
]
