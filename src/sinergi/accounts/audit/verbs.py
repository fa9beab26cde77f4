"""The closed vocabulary of deeds. A deed that is not here cannot be recorded."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What was done; the object's kind says to what."""

    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    PUT_AWAY = "put_away", _("put away")
    RESTORED = "restored", _("restored")
    PURGED = "purged", _("deleted for good after the retention period")

    ENTRY_ADDED = "entry_added", _("added an entry")
    ENTRY_CHANGED = "entry_changed", _("changed an entry")
    ENTRY_MOVED = "entry_moved", _("moved an entry")
    ENTRY_REMOVED = "entry_removed", _("removed an entry")
    ENTRY_RESTORED = "entry_restored", _("restored an entry")
    ENTRY_RENEWED = "entry_renewed", _("renewed the reasons of an entry")

    SHARED = "shared", _("shared")
    UNSHARED = "unshared", _("ended a share")
    PUBLISHED = "published", _("made public")
    WITHDRAWN = "withdrawn", _("made private")
    EXPORTED = "exported", _("exported")

    LOADED = "loaded", _("loaded")
    UNDONE = "undone", _("undid the load")
    ADOPTED = "adopted", _("took into the common evidence")

    INVITED = "invited", _("invited a person")
    INVITATION_REVOKED = "invitation_revoked", _("revoked an invitation")
    INVITATION_ACCEPTED = "invitation_accepted", _("accepted an invitation")
    ROLE_GIVEN = "role_given", _("gave a role")
    ROLE_ENDED = "role_ended", _("ended a role")
    MEMBER_ADDED = "member_added", _("added a member")
    MEMBER_REMOVED = "member_removed", _("removed a member")

    SIGNED_IN = "signed_in", _("signed in")
    SIGNED_OUT = "signed_out", _("signed out")
    SIGN_IN_REFUSED = "sign_in_refused", _("was refused at sign-in")
    PASSWORD_CHANGED = "password_changed", _("changed the password")
    PASSWORD_RESET = "password_reset", _("reset the password")
    EMAIL_CHANGED = "email_changed", _("changed the e-mail address")
    FACTOR_ADDED = "factor_added", _("added a second factor")
    FACTOR_REMOVED = "factor_removed", _("removed a second factor")
    SESSION_ENDED = "session_ended", _("ended a session")
    ACCOUNT_CONNECTED = "account_connected", _("connected an external account")
    ACCOUNT_DISCONNECTED = "account_disconnected", _("disconnected an external account")
    DEACTIVATED = "deactivated", _("deactivated")
    REACTIVATED = "reactivated", _("reactivated")
    DATA_EXPORTED = "data_exported", _("exported the personal data")
    ERASED = "erased", _("erased the personal data")

    TOKEN_ISSUED = "token_issued", _("issued a token")
    TOKEN_REVOKED = "token_revoked", _("revoked a token")

    TASK_RETRIED = "task_retried", _("tried a task again")
    TASK_DISCARDED = "task_discarded", _("discarded a task")
    INSTALLATION_RESTORED = "installation_restored", _("restored the installation from a backup")
    DATABASE_COPIED = "database_copied", _("copied the database")
