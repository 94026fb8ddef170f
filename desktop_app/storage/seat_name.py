"""By which name a seat is known among those of one office, from one start to the next: what was typed there is found again.

It lies in the seat's folder. An office in a file has one seat, and needs no name for it.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from desktop_app.storage.safe_files import disk_faults_told, write_whole
from desktop_app.storage.server_address import read_address

SEAT_FILE = "seat"
_LONGEST = 32


def seat_name(folder: Path) -> str:
    """The name of the seat of that folder, given once; empty for an office in a file. StorageProblem of the disk."""
    if read_address(folder) is None:
        return ""
    path = folder / SEAT_FILE
    with disk_faults_told():
        kept = path.read_text("ascii", errors="replace").strip() if path.exists() else ""
    if kept.isalnum() and len(kept) <= _LONGEST:
        return kept
    name = secrets.token_hex(8)
    write_whole(path, name.encode("ascii"))
    return name
