"""Loading an uploaded file in the background: once, however often the task is delivered."""

from typing import Any

from django_tasks import task

from sinergi.accounts.errors import AccountsError
from sinergi.accounts.models import Organisation, Person
from sinergi.accounts.principal import Principal, principal_for
from sinergi.accounts.tasks import trying
from sinergi.accounts.vocabulary import Channel
from sinergi.evidence import uploads
from sinergi.evidence.actions import ImportRefusedError, load_import
from sinergi.evidence.actions.load import loaded_before
from sinergi.evidence.uploads import Upload


@task()
@trying(attempts=3)
def load_upload(token: str, second_factor: bool, request_id: str) -> dict[str, Any]:
    """Load a waiting file for the person who uploaded it, with the rights that the person has by now.

    The token is the key of the batch: a second delivery, or a second run after a worker died in the middle,
    finds the batch of the first or nothing at all. A refusal is written down beside the file, where its page
    finds it; anything else that fails is tried again.

    Parameters
    ----------
    second_factor
        Whether the session that asked was opened with one.
    request_id
        Of the request that asked, for the audit trail.
    """
    if (earlier := loaded_before(token)) is not None:
        uploads.forget(token)
        return {"batch": earlier.pk}
    waiting = uploads.find(token)
    if waiting is None:
        return {"gone": True}
    try:
        batch = load_import(
            _asker(waiting, second_factor, request_id),
            waiting.path,
            waiting.mapping,
            organisation=_owner(waiting),
            on_existing=waiting.on_existing,
            filename=waiting.filename,
            note=waiting.note,
            key=token,
            progress=uploads.reporter(token),
        )
    except ImportRefusedError as refused:
        return _refused(token, str(refused))
    except AccountsError as refused:
        return _refused(token, refused.message)
    uploads.forget(token)
    return {"batch": batch.pk}


def _refused(token: str, why: str) -> dict[str, Any]:
    uploads.refuse(token, why)
    return {"refused": True}


def _asker(waiting: Upload, second_factor: bool, request_id: str) -> Principal:
    person = Person.objects.get(pk=waiting.person or 0)
    return principal_for(person, Channel.WORKER, second_factor=second_factor, request_id=request_id)


def _owner(waiting: Upload) -> Organisation | None:
    if waiting.organisation is None:
        return None
    return Organisation.objects.get(pk=waiting.organisation)
