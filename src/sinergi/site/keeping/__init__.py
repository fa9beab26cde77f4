"""Keeping what an installation holds: backup, restore, copies between databases, retention, roles."""
