"""What every part of the API shares, and the endpoints of this room."""
