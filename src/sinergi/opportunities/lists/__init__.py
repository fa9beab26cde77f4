"""Priority lists: what people chose from the map, and the annexes they hand in."""
