"""Synchronisation of plans: what is computed of them, kept, and said in words."""
