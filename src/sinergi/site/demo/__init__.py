"""A demo that says so: organisations, people with generated passwords, lists from the real map."""
