"""A first shelf of practices: what regions did, kept where others find it."""
