"""Rows of ledgers, made by the test that needs them."""

from sinergi.analysis.ledger import Origin, Row

PARENTS = {"32": "ID", "33": "ID", "32.04": "32", "32.05": "32", "33.01": "33"}
PLACES = ["ID", *PARENTS]


def use(name, holder, amount, origin=Origin.OWN, **more):
    return Row(name, holder, 2027, amount, origin, affair="1.03", region=holder, **more)


def gives(name, holder, receiver, amount, origin=Origin.OWN, **more):
    return Row(name, holder, 2027, amount, origin, passed_on=True, receiver=receiver, **more)


def from_(giver):
    return {"origin": Origin.GOVERNMENT, "giver": giver}
