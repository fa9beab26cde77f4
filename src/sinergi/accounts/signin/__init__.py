"""Sign-in: what we add to django-allauth, which does the work. See docs/adr/0009-sign-in.md."""
