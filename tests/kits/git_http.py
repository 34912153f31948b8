"""Git's own program for HTTP, behind a server of Python."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path


def answer_git(handler: BaseHTTPRequestHandler, root: Path, body: bytes) -> None:
    """Answer a request for a repository below a folder; whoever asks may push."""
    path, _, query = handler.path.partition("?")
    environment: Mapping[str, str] = {
        **os.environ,
        "GIT_PROJECT_ROOT": str(root),
        "GIT_HTTP_EXPORT_ALL": "1",
        "REQUEST_METHOD": handler.command,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": handler.headers.get("Content-Type", ""),
        "HTTP_CONTENT_ENCODING": handler.headers.get("Content-Encoding", ""),
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_USER": "jo",
        "GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""),
    }
    answer = subprocess.run(
        ("git", "http-backend"),
        input=body,
        env=environment,
        capture_output=True,
        check=True,
    ).stdout
    head, _, content = answer.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    handler.send_response(int(headers.pop("Status", "200 OK").split()[0]))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(content)


def ask_password(handler: BaseHTTPRequestHandler) -> None:
    """Answer that git has to say who it is."""
    handler.send_response(401)
    handler.send_header("WWW-Authenticate", 'Basic realm="git"')
    handler.end_headers()
