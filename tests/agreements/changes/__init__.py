"""Changes of agreements, what is still owed when they end, assets and evaluations."""
