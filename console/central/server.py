"""Runs the application: binds, tells when it listens, ends in time whatever is still open."""

import asyncio
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette

from console.central.centre import Centre
from console.central.failure import StartFailure

log = logging.getLogger(__name__)

GRACE_S = 1
"""Seconds open requests get at the end."""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket, port 0 for any; raises `StartFailure`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle's algorithm on: 40 ms more for every answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise StartFailure(
            "port-in-use",
            f"无法监听 {host}:{port}（{error}）。端口可能已被占用，请换一个或用 --port 0。",
            f"Cannot listen on {host}:{port} ({error}). The port may be in use; take another or --port 0.",
        ) from error
    return listener


class Server(uvicorn.Server):
    """Tells when it is ready and ends the streams before it waits for the requests."""

    def __init__(self, app: Starlette, centre: Centre, ready: Callable[[], None]) -> None:
        """`ready` is called once it truly listens."""
        config = uvicorn.Config(
            app,
            http="h11",
            loop="asyncio",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            # Who asks is `Reception.address`'s to say: uvicorn believes whatever loopback tells.
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE_S,
            timeout_keep_alive=30,
        )
        super().__init__(config)
        self._centre = centre
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Open streams would hold the end up for ever."""
        self._centre.tail.close()
        await super().shutdown(sockets)

    def end(self) -> None:
        """Ask for the end, from any thread."""
        self.should_exit = True


def serve(server: Server, listener: socket.socket, *, until_eof: bool) -> None:
    """Run until a signal or, if asked, the end of standard input."""
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn raises the signal once more after its end; by then there is nothing left to do.
        signal.signal(number, lambda *_: server.end())
    if until_eof:
        threading.Thread(target=_watch, args=(server.end,), daemon=True).start()
    asyncio.run(server.serve(sockets=[listener]))


def _watch(end: Callable[[], None]) -> None:
    """Standard input ends when the parent does, however it dies."""
    try:
        while os.read(sys.stdin.fileno(), 4096):
            pass
    except (OSError, ValueError, AttributeError):
        log.warning("standard input cannot be read; that counts as its end")
    end()
