"""Sending a letter: a task that may be delivered twice and still sends it once."""

import html
import json
import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from sinergi.accounts.mail.refusals import refusal_of
from sinergi.accounts.models import Letter
from sinergi.accounts.sealing import unseal
from sinergi.accounts.tasks import trying

PATIENCE = timedelta(minutes=5)
"""After this time a worker that took a letter and did not finish is taken for dead."""
Completed = Callable[[str, dict[str, Any]], dict[str, Any] | None]
COMPLETED: dict[str, Completed] = {}
"""Template to what completes its context when the letter is sent, given the address; `None`: send nothing."""


class LetterTakenError(Exception):
    """Another worker is sending the letter; to be tried again later, in case it does not finish."""


@task()
@trying(attempts=14, first=20)
def deliver(letter: int) -> None:
    """Send a letter, unless it was sent, or refused for good: then why is kept, and it is tried no more.

    It is tried for some hours: many mail servers let strangers wait for a quarter of an hour at first.

    Raises
    ------
    LetterTakenError
        When another worker is at it.
    OSError, smtplib.SMTPException
        When the mail server does not take it now; to be tried again.
    """
    taken = timezone.now()
    waiting = Q(taken_at=None) | Q(taken_at__lt=taken - PATIENCE)
    open_ones = Letter.objects.filter(pk=letter, sent_at=None, refused_at=None)
    if not open_ones.filter(waiting).update(taken_at=taken):
        if open_ones.exists():
            raise LetterTakenError(letter)
        return
    row = Letter.objects.get(pk=letter)
    try:
        message = message_of(row)
        fate = _sent(message) if message else {"sent_at": timezone.now()}
    except BaseException:
        Letter.objects.filter(pk=letter).update(taken_at=None)
        raise
    Letter.objects.filter(pk=letter).update(sealed="", **fate)


def _sent(message: EmailMultiAlternatives) -> dict[str, Any]:
    """Send a message; return what to keep of it: when it was taken, or refused for good and why.

    Raises
    ------
    OSError, smtplib.SMTPException
        When it is to be tried again.
    """
    try:
        message.send()
    except smtplib.SMTPException as error:
        refusal = refusal_of(error, message.to[0])
        if refusal is None:
            raise
        return {
            "refused_at": timezone.now(),
            "status": refusal.status,
            "reason": refusal.reason,
        }
    return {"sent_at": timezone.now()}


def message_of(letter: Letter) -> EmailMultiAlternatives | None:
    """Return a letter as a message; `None` when there turns out to be nothing to send."""
    content = json.loads(unseal(letter.sealed))
    context = content["context"]
    if letter.template in COMPLETED:
        completed = COMPLETED[letter.template](content["to"], context)
        if completed is None:
            return None
        context = completed
    language = context.get("language") or content["language"]
    with translation.override(language):
        subject = render_to_string(f"{letter.template}/subject.txt", context)
        text = render_to_string(f"{letter.template}/body.txt", context)
        page = render_to_string(f"{letter.template}/body.html", context)
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
    if letter.message_id:
        headers["Message-ID"] = letter.message_id
    message = EmailMultiAlternatives(
        html.unescape(" ".join(subject.split())),
        text.strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [content["to"]],
        headers=headers,
    )
    message.attach_alternative(page, "text/html")
    return message
