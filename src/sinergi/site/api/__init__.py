"""The API: `/api/v1`, put together from the endpoints of all rooms."""
