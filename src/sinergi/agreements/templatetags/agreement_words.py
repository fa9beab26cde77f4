"""Filters that put codes of agreements into the language of the page."""

from django import template

from sinergi.agreements.queries import words
from sinergi.reference.catalogue import AgreementFamily, AgreementTerm

register = template.Library()


@register.filter
def family(code: str) -> str:
    """Return the name of a family."""
    return words.family_name(code)


@register.filter
def term_of(code: str, kind: str) -> str:
    """Return the name of a term of a kind."""
    return words.term_name(kind, code)


@register.filter
def term(one: AgreementTerm | AgreementFamily | None) -> str:
    """Return the name of a term that is given itself."""
    return words.named(one)


@register.filter
def note(one: AgreementTerm | AgreementFamily | None) -> str:
    """Return what is to be known of a term or a family."""
    return words.noted(one)
