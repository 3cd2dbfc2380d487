"""Who asks: whether the other end of a connection is a program of the user who runs the desk.

Linux tells of every connection of this computer whose it is. A secret in the address would tell
less: a browser's command line, which shows it, is open to all users, and its cookies go to whatever
else listens on this computer. Where the system does not tell, nobody is turned away for this.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import Scope

TABLES: Final = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
"""Of the connections of this computer, proc(5); a program may reach an address of either kind."""

LOOPBACK: Final = f"{int.from_bytes(bytes((127, 0, 0, 1)), sys.byteorder):08X}"
"""127.0.0.1, as the end of an address there."""

ROOT: Final = 0
"""He may read everything anyway; what passes connections on from elsewhere is often his."""


def is_own(scope: Scope, tables: tuple[Path, ...] = TABLES) -> bool:
    """Whether a request comes from a program of this user, or of root.

    Args:
        scope: of the request, as ASGI has it.
        tables: of the system's connections.
    """
    (_, port), (_, own) = scope.get("client") or ("", 0), scope.get("server") or ("", 0)
    try:
        lines = [line.split() for table in tables for line in _lines(table)]
    except OSError:
        return True  # another system
    ends = f"{LOOPBACK}:{port:04X}", f"{LOOPBACK}:{own:04X}"
    owners = {int(row[7]) for row in lines if row[1].endswith(ends[0]) and row[2].endswith(ends[1])}
    return bool(owners) and owners <= {os.getuid(), ROOT}


def _lines(table: Path) -> list[str]:
    """Give the rows of a table; of one for IPv6, which a system may lack, none then."""
    if table.name.endswith("6") and not table.exists():
        return []
    return table.read_text("ascii").splitlines()[1:]
