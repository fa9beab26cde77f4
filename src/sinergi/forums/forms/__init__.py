"""Forms of forums: what a browser sends becomes details that actions accept."""
