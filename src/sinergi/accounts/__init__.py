"""Who may do what: organisations, people, roles, sharing, and the record of who did what."""
