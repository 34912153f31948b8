"""Sockets of servers behind TLS that leave nothing open."""

from __future__ import annotations

import ssl


class ClosingSocket(ssl.SSLSocket):
    """One that is closed where ``ssl`` forgets it: when the client is gone before the handshake."""

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        """The bytes that came; a connection that broke is closed."""
        try:
            return super().recv(buflen, flags)
        except ConnectionError:
            self.close()
            raise
