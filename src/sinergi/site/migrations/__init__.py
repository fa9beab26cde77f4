"""Tables of this room: the cache that all processes share."""
