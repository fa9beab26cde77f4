"""Who may do what, written down once more by hand: nothing here is read from the rules that it checks."""

EVERYBODY = {
    "visitor",
    "viewer",
    "analyst",
    "coordinator",
    "approver",
    "administrator",
    "outsider",
    "partner viewer",
    "partner analyst",
    "member analyst",
    "installation",
}
SIGNED_IN = EVERYBODY - {"visitor"}
HOUSE = {"viewer", "analyst", "coordinator", "approver", "administrator"}
PARTNERS = {"partner viewer", "partner analyst"}

READ = {
    "private": HOUSE,
    "read": HOUSE | PARTNERS,
    "edit": HOUSE | PARTNERS,
    "members": HOUSE | {"member analyst"},
    "public": EVERYBODY,
}
WRITERS = {"analyst", "coordinator", "approver"}
EDIT = {
    "private": WRITERS,
    "read": WRITERS,
    "edit": WRITERS | {"partner analyst"},
    "members": WRITERS | {"member analyst"},
    "public": WRITERS,
}
KEEPERS = {"coordinator", "approver"}
ALLOWED = {
    "read": READ,
    "edit": EDIT,
    "remove": dict.fromkeys(READ, KEEPERS),
    "share": dict.fromkeys(READ, KEEPERS),
    "publish": {key: {"approver"} for key in READ},
    "speak": dict.fromkeys(READ, WRITERS),
    "speak or edit": EDIT,
    "delegation": {standing: HOUSE | writers for standing, writers in EDIT.items()},
    "signed in": {standing: readers - {"visitor"} for standing, readers in READ.items()},
    "adopt": {standing: readers & {"installation"} for standing, readers in READ.items()},
}
"""Deed on a thing, standing of the thing, who may."""
GROUPS = {
    "open": EVERYBODY,
    "session": SIGNED_IN,
    "own": {"analyst"},
    "who answered": {"analyst"},
    "of the house": HOUSE,
    "writers of any": SIGNED_IN - {"viewer", "administrator", "partner viewer", "installation"},
    "manage": {"administrator", "installation"},
    "installation": {"installation"},
    "installation, unknown": {"installation"},
    "loaders": SIGNED_IN - {"viewer", "administrator", "partner viewer"},
    "auditors": {"approver", "administrator", "outsider", "installation"},
    "record of the owner": {"approver", "administrator", "installation"},
    "viewer's role": {"viewer", "administrator", "installation"},
}
"""Deeds that are not on a thing that is owned."""
HIDDEN = {"own", "who answered", "record of the owner", "delegation"}
"""Groups whose pages look to all others as if they were not there."""
