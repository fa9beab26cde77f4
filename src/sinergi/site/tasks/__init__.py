"""The worker: takes tasks from the queue in the database, again when they fail or when a worker died."""
