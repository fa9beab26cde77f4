"""The words in which permissions are told: rights, scopes, channels. No tables."""

from enum import StrEnum


class Right(StrEnum):
    """What somebody may do with what belongs to an organisation, or with the organisation itself."""

    READ = "read"
    EDIT = "edit"
    REMOVE = "remove"
    """Put away, restore, undo."""
    SHARE = "share"
    PUBLISH = "publish"
    AUDIT = "audit"
    """Search and export its audit trail."""
    MANAGE = "manage"
    """People, roles, invitations, members and settings of the organisation."""


class Scope(StrEnum):
    """How far a token of the API reaches; a token has no more than its person."""

    READ = "read"
    WRITE = "write"
    SHARE = "share"
    MANAGE = "manage"
    AUDIT = "audit"


SCOPE_OF = {
    Right.READ: Scope.READ,
    Right.EDIT: Scope.WRITE,
    Right.REMOVE: Scope.WRITE,
    Right.SHARE: Scope.SHARE,
    Right.PUBLISH: Scope.SHARE,
    Right.AUDIT: Scope.AUDIT,
    Right.MANAGE: Scope.MANAGE,
}


class Channel(StrEnum):
    """The way by which something is done."""

    WEB = "web"
    API = "api"
    COMMAND_LINE = "command_line"
    WORKER = "worker"
