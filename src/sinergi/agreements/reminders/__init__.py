"""Reminders: which are due on a day, and the run that makes them each night."""
