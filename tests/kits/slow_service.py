"""A service that answers as no service should: late, cut off, without end, in circles."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Sender = Callable[[Callable[[bytes], None], threading.Event], None]
"""How to answer: what sends bytes is given, and what is set when the service ends."""


class SlowService:
    """Where it is, and how often it was asked; ``how`` it answers can be changed."""

    def __init__(self, how: Sender) -> None:
        self.how = how
        self.count = 0
        self.asked = threading.Event()
        self.closed = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def serve(self) -> None:
        """Answer until it is closed."""
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def close(self) -> None:
        """Answer nobody any more."""
        self.closed.set()
        # To close it would not wake who waits for somebody to come.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            said = b""
            while b"\r\n\r\n" not in said:
                piece = connection.recv(65_536)
                if not piece:
                    return
                said += piece
            self.count += 1
            self.asked.set()
            self.how(connection.sendall, self.closed)


@contextmanager
def serve(how: Sender) -> Iterator[SlowService]:
    """The service, on a free port of this machine until the block ends."""
    service = SlowService(how)
    thread = threading.Thread(target=service.serve, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.close()
        thread.join()


def head(status: str = "200 OK", **headers: str) -> bytes:
    """The beginning of an answer."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *lines, "", ""]).encode()


def silent(_send: Callable[[bytes], None], closed: threading.Event) -> None:
    """Say nothing."""
    closed.wait()


def refusing(status: str) -> Sender:
    """Refuse with that status."""
    return lambda send, _: send(head(status, Content_Length="0"))


def cut_off(send: Callable[[bytes], None], _closed: threading.Event) -> None:
    """Say half of what was announced."""
    send(head(Content_Type="application/json", Content_Length="1000") + b'{"a": [' + b"1," * 100)


def endless(send: Callable[[bytes], None], closed: threading.Event) -> None:
    """Go on saying a little, for ever."""
    send(head(Content_Type="application/json") + b"[")
    while not closed.wait(0.02):
        send(b" ")


def enormous(send: Callable[[bytes], None], closed: threading.Event) -> None:
    """Go on saying much, for ever."""
    send(head(Content_Type="application/json") + b"[")
    while not closed.is_set():
        send(b" " * 1_000_000)


def circling(send: Callable[[bytes], None], _closed: threading.Event) -> None:
    """Send whoever asks to where they are."""
    send(head("302 Found", Location="/again", Content_Length="0"))


def strange(send: Callable[[bytes], None], _closed: threading.Event) -> None:
    """Answer in another language than HTTP."""
    send(b"220 mail.example ESMTP\r\n")


def a_page(send: Callable[[bytes], None], _closed: threading.Event) -> None:
    """Answer with a page for people, as the door of a wireless network does."""
    text = b"<html><body>Please sign in.</body></html>"
    send(head(Content_Type="text/html", Content_Length=str(len(text))) + text)


BAD: dict[str, Sender] = {
    "silent": silent,
    "cut off": cut_off,
    "endless": endless,
    "enormous": enormous,
    "in circles": circling,
    "no HTTP": strange,
    "500": refusing("500 Internal Server Error"),
    "429": refusing("429 Too Many Requests"),
}
"""Answers that nobody can make anything of, by what they are called."""
