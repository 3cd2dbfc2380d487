"""`cdtm serve`: the desk on an address of this computer, until Ctrl-C."""

from __future__ import annotations

import getpass
import secrets
import socket
import sys
import webbrowser
from contextlib import suppress
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import uvicorn

from cdtm.desk.app import make_app
from cdtm.desk.bitext.sources import Sources
from cdtm.desk.peer import is_own
from cdtm.desk.pool import Pool
from cdtm.jobs.pair import AlignJob
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

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
        UserError: no or too much is named to be served, the workspace holds no memory, the pair
            cannot be aligned, or the port is another program's.
    """
    if job.first is None:
        if job.workspace is None or job.outputs:
            raise UserError(WHAT)
        if job.encoder or job.source != "zh" or job.languages or job.encodings or job.force:
            raise UserError(OF_TWO)
        serve(job, job.workspace)
        return
    if job.second is None or job.workspace is not None or not job.outputs:
        raise UserError(WHAT)
    from cdtm.desk.pair import pair_workspace, save_pair  # loads the aligner
    from cdtm.pair.fit import split_encodings

    pair = AlignJob(
        job.first,
        job.second,
        job.outputs,
        encoder=job.encoder,
        source=job.source,
        languages=job.languages,
        encodings=job.encodings,
        force=job.force,
    )
    encodings = split_encodings(job.encodings)
    files = {file.name: (file, told) for file, told in zip(pair.files, encodings, strict=True)}
    with pair_workspace(pair) as (folder, name):
        save_pair(folder, pair)
        page = f"record?{urlencode({'name': name})}"
        serve(job, folder, page, partial(save_pair, folder, pair), files)


WHAT: Final = "Say what to serve: -w WORKSPACE, or two files and -o FILE."
OF_TWO: Final = "--encoder, --encoding, --source, --lang and --force are about two files."


def serve(
    job: ServeJob,
    folder: Path,
    page: str = "",
    saved: Callable[[], None] | None = None,
    files: Mapping[str, tuple[Path, str | None]] | None = None,
) -> None:
    """Serve a workspace until Ctrl-C or SIGTERM.

    Args:
        job: how.
        folder: of the workspace.
        page: to be opened, without the address.
        saved: is called after each correction.
        files: of a single pair, see `cdtm.desk.bitext.sources.Sources`.
    """
    pool = Pool(folder)
    try:
        with listen(job.port) as listener:
            address = f"http://{ADDRESS}:{listener.getsockname()[1]}/{page}"
            app = make_app(
                pool,
                secrets.token_urlsafe(24),
                job.reviewer or user_name(),
                saved or (lambda: None),
                is_own,
                Sources(pool.workspace, files),
            )
            server = uvicorn.Server(
                uvicorn.Config(
                    app,
                    log_level="critical",  # a fault of ours is told where it is answered
                    access_log=False,
                    lifespan="off",
                    server_header=False,
                    proxy_headers=False,
                    ws="none",
                    timeout_graceful_shutdown=LEAVES,
                )
            )
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
    # Without its protocol asyncio does not take TCP for TCP, and each answer waits 40 ms for the
    # receipt of its head.
    listener = socket.socket(proto=socket.IPPROTO_TCP)
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
