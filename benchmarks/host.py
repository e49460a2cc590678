"""Serve a built site as a static host does: compressed, and with permission to be kept a while.

GitHub Pages does the same: texts, scripts and WebAssembly travel as gzip, every file may be kept
for ten minutes, and after that it is asked for by its fingerprint.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import mimetypes
import threading
import zlib
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

KEPT_SECONDS = 600
LEVEL = 6
PACKED = ("text/", "application/javascript", "application/json", "application/wasm", "image/svg")
TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm", ".whl": "application/zip"}


@functools.cache
def packed(path: Path) -> bytes:
    """A file's bytes as gzip."""
    return gzip.compress(path.read_bytes(), LEVEL, mtime=0)


def kind_of(path: Path) -> str:
    """The media type of a file."""
    return (
        TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    )


def is_packed(path: Path) -> bool:
    """Whether a host compresses the file; packages and pictures are compressed already."""
    return kind_of(path).startswith(PACKED)


def sent_bytes(path: Path) -> int:
    """How many bytes of a file travel."""
    return len(packed(path)) if is_packed(path) else path.stat().st_size


class Host(http.server.BaseHTTPRequestHandler):
    """Answers from one folder."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    folder: Path

    def do_GET(self) -> None:
        """Send a file, or say that the reader's copy still holds."""
        path = self.folder / unquote(urlsplit(self.path).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.answer(
                HTTPStatus.NOT_FOUND, {"Content-Type": "text/plain"}, b"There is no such file."
            )
            return
        content = packed(path) if is_packed(path) else path.read_bytes()
        headers = {
            "Content-Type": kind_of(path),
            "Cache-Control": f"max-age={KEPT_SECONDS}",
            "ETag": f'"{zlib.crc32(content):08x}"',
        }
        if is_packed(path):
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        if self.headers.get("If-None-Match") == headers["ETag"]:
            self.answer(HTTPStatus.NOT_MODIFIED, headers, b"")
            return
        self.answer(HTTPStatus.OK, headers, content)

    def answer(self, status: HTTPStatus, headers: dict[str, str], content: bytes) -> None:
        """Send one answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a browser may leave before the end
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder while the block runs; the value is its address, which ends with a slash."""
    handler = type("HostOfFolder", (Host,), {"folder": folder})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
