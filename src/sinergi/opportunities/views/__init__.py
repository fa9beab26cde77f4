"""Pages of the room `opportunities`."""
