"""Files written whole or not at all."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def write(path: Any, content: str | bytes) -> None:
    """Write a text or bytes beside its place, and move it there once it is on the disk."""
    import tempfile

    path = os.path.realpath(os.fspath(path))
    handle, draft = tempfile.mkstemp(prefix=".headstart-", dir=os.path.dirname(path) or ".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            os.chmod(draft, os.stat(path).st_mode & 0o7777)
        else:
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(draft, 0o666 & ~mask)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def read(path: Any) -> str:
    """Read a report, of at most 64 MB."""
    path = os.fspath(path)
    if os.path.getsize(path) > 64 << 20:
        raise ValueError(f"cannot read {path}: it is larger than the 64 MB that are accepted")
    with open(path, encoding="utf-8-sig", newline="") as file:
        return file.read()
