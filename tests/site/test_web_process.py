"""A web process that is told to stop tells answers that go on for minutes, and they end."""

import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, closing
from http.client import HTTPConnection

SERVE = """
import sys
from gunicorn.app.base import BaseApplication
from sinergi.accounts.ending import ending

def stream(environ, begin):
    begin("200 OK", [("Content-Type", "text/plain")])
    yield b"begun\\n"
    yield b"told\\n" if ending.wait(600) else b"not told\\n"

class Server(BaseApplication):
    def load_config(self):
        worker = "sinergi.site.web_process.WebProcess"
        chosen = {"bind": f"fd://{sys.argv[1]}", "worker_class": worker, "threads": 3, "loglevel": "critical"}
        for name, value in {**chosen, "control_socket_disable": True}.items():
            self.cfg.set(name, value)

    def load(self):
        return stream

Server().run()
"""


def test_answers_that_go_on_are_told_when_their_process_is_about_to_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, number = listening.getsockname()[1], listening.fileno()
        line = [sys.executable, "-c", SERVE, str(number)]
        server = subprocess.Popen(line, pass_fds=[number])
        try:
            with ExitStack() as opened:
                screens = [
                    opened.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=300)))
                    for _number in range(2)
                ]
                for screen in screens:
                    screen.request("GET", "/")
                answers = [opened.enter_context(screen.getresponse()) for screen in screens]
                assert [answer.readline() for answer in answers] == [b"begun\n"] * 2
                server.send_signal(signal.SIGTERM)
                # whoever is not told is cut off by the server, after half a minute
                assert [answer.read() for answer in answers] == [b"told\n"] * 2
        finally:
            server.terminate()
            server.wait(300)
