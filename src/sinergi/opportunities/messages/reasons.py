"""Why a group is not on the map, why a channel cannot pay, and what the tests of law say."""

from django.utils.translation import gettext_lazy as _

from sinergi.opportunities.messages.terms import Words

VETO_TEXTS: Words = {
    "too_few_members": _("The group has fewer members than this object needs."),
    "too_many_members": _("The group has more members than this object can serve."),
    "not_computable": _("The evidence that this object needs is not available."),
    "outside_filter": _("At least one member lies outside the filter that is set."),
    "one_government": _(
        "All members belong to one government: their province signs for them, and nobody cooperates "
        "with itself."
    ),
    "no_border": _(
        "The object asks for a shared land border, and the borders do not join all members."
    ),
    "out_of_reach": _("At least one link is longer than the reach of this object."),
    "no_need": _(
        "At least one member that would be served shows no need above that of its partner."
    ),
    "no_strength": _(
        "At least one member that would serve is not stronger than those it would serve."
    ),
    "no_coverage": _("At least one member has too little evidence to be scored."),
    "other_groups": _(
        "Nothing speaks against this group itself, but the map puts at least one member into another "
        "group: no region is twice in one grouping of an object."
    ),
    "no_margin": _("For at least one pair the price gap does not cover freight and losses."),
}
"""One sentence for each code of `rules.VETOES`."""

FUNDING_REASON_TEXTS: Words = {
    "not_for_cooperation": _("cannot be used for cooperation between regions"),
    "not_this_authority": _("not for an affair of this level of government"),
    "not_this_recipient": _("no party to this group can receive it"),
    "not_this_affair": _("not for this affair"),
    "only_physical": _("only for physical works, and this object is not one"),
    "only_non_physical": _("only for non-physical activity, and this object is physical"),
    "named_by_object": _("named for this object in the catalogue"),
}
"""One phrase for each code of `rules.FUNDING_REASONS`."""

TEST_TEXTS: dict[str, dict[bool | None, object]] = {
    "bordering": {
        True: _("The members border each other: land borders join all of them."),
        False: _("The members do not all border each other."),
        None: _("Whether the members border each other is not known."),
    },
    "externality": {
        True: _(
            "The catalogue marks this object as one whose effects can cross borders. Whether "
            "they do here, a person must check."
        ),
        False: _("The catalogue does not mark this object as one whose effects cross borders."),
        None: _("Whether effects cross the border is not known."),
    },
    "cheaper": {
        True: _("The cost curve estimates that serving together is cheaper than each alone."),
        False: _("The cost curve estimates that serving together is dearer than each alone."),
        None: _(
            "No cost curve is declared for this object, so nobody has yet shown whether together "
            "is cheaper."
        ),
    },
}
"""For each test of mandatory cooperation (UU 23/2014 Art. 364), what its answer means."""

TEST_NAMES: Words = {
    "bordering": _("Bordering regions"),
    "externality": _("Effects across the border"),
    "cheaper": _("More efficient together"),
}

TAKEOVERS: Words = {
    "governor": _(
        "If cooperation turns out to be mandatory and the regions do not carry it out, the "
        "governor, as representative of the central government, can take over the affair."
    ),
    "centre": _(
        "If cooperation turns out to be mandatory and the regions, which lie in different "
        "provinces, do not carry it out, the central government can take over the affair."
    ),
}


def veto_text(code: str) -> str:
    """Return why a group is not on the map, as a sentence."""
    return str(VETO_TEXTS.get(code, code))


def funding_reason_text(code: str) -> str:
    """Return why a channel cannot (or can) pay, as a phrase."""
    return str(FUNDING_REASON_TEXTS.get(code, code))


def test_text(test: str, answer: bool | None) -> str:
    """Return what the answer of a test of mandatory cooperation means, as a sentence."""
    return str(TEST_TEXTS[test][answer])


def takeover_text(code: str) -> str:
    """Return who may take over a mandatory cooperation that is not carried out; empty when none is."""
    return str(TAKEOVERS.get(code, ""))
