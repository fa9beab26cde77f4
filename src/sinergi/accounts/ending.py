"""Whether the process that answers is about to end: what an answer that goes on for minutes must ask."""

import threading

ending = threading.Event()
"""Set by the server in a process that takes no more requests; never cleared."""
