"""Endpoints of the room: forums, issues, themes, ballots, points."""
