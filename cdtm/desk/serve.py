"""`cdtm serve`: the desk on an address of this computer, until Ctrl-C."""

from __future__ import annotations

import getpass
import secrets
import socket
import sys
import webbrowser
from contextlib import suppress
from threading import Timer
from typing import TYPE_CHECKING, Final

import uvicorn

from cdtm.desk.app import make_app
from cdtm.desk.pool import Pool
from corpora.errors import UserError

if TYPE_CHECKING:
    from cdtm.jobs.desk import ServeJob

ADDRESS: Final = "127.0.0.1"
"""Nobody outside this computer reaches it."""

OPENS: Final = 0.2
"""Seconds after which the browser is opened: the server is up by then, or the browser waits."""

LEAVES: Final = 2
"""Seconds that answers under way are given at the end."""


def run_serve(job: ServeJob) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Raises:
        UserError: the workspace holds no memory, or the port is another program's.
    """
    pool = Pool(job.workspace)
    try:
        with listen(job.port) as listener:
            address = f"http://{ADDRESS}:{listener.getsockname()[1]}/"
            server = uvicorn.Server(
                uvicorn.Config(
                    make_app(pool, secrets.token_urlsafe(24), job.reviewer or user_name()),
                    log_level="error",
                    access_log=False,
                    lifespan="off",
                    server_header=False,
                    proxy_headers=False,
                    ws="none",
                    timeout_graceful_shutdown=LEAVES,
                )
            )
            pool.ask(lambda looker: None)  # loads while the browser opens
            print(f"The desk is at {address} (Ctrl-C ends it).", file=sys.stderr, flush=True)
            if not job.no_open:
                Timer(OPENS, webbrowser.open, (address,)).start()
            with suppress(KeyboardInterrupt):  # uvicorn has ended in order, and raises it again
                server.run(sockets=[listener])
    finally:
        pool.close()


def user_name() -> str:
    """Give the name that this user has on this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name
        return "desk"


def listen(port: int) -> socket.socket:
    """Take a port of this computer; 0 takes a free one.

    Raises:
        UserError: it is taken, or this user may not take it.
    """
    listener = socket.socket()
    if sys.platform != "win32":  # where it would let two programs share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
        listener.listen()  # a browser that is quicker than the server waits
    except OSError as error:
        listener.close()
        raise UserError(
            f"Port {port} cannot be used ({error.strerror}): give another one, or none."
        ) from None
    return listener
