"""Where the office's templates are changed at a seat of an office on a server: copies in the seat's own folder.

Papers are made of what the server has, at every seat alike. A copy here is brought up to date while nobody has changed
it, and given to all seats once it was changed and is sound.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.documents.paper_files import save_bytes
from desktop_app.errors import Fault, Refusal, StorageProblem
from desktop_app.paths import forms_folder
from desktop_app.services import shared_forms
from desktop_app.services.session import Session

_MARKS = ".taken.json"
"""What each copy was taken from: its digest on the server, empty for the shipped template."""


@dataclass(frozen=True, slots=True)
class SeatTemplates:
    """The copies of one seat, and what they were taken from by the name of the file."""

    folder: Path
    taken: dict[str, str]
    shared: dict[str, str]
    """What the server has by now: digests by name."""

    def is_changed(self, name: str) -> bool:
        """Whether somebody has changed the copy since it was taken."""
        path = self.folder / name
        if not path.is_file():
            return False
        return _digest(path.read_bytes()) != (self.taken.get(name) or _digest_of_shipped(name))

    def is_own(self, name: str) -> bool:
        """Whether the office has a template of its own, or is changing one here."""
        return name in self.shared or (self.folder / name).is_file()


def brought_up_to_date(session: Session, folder: Path) -> SeatTemplates:
    """The seat's copies, those that nobody has changed here as the server has them by now."""
    shared = {one.name: one for one in shared_forms.shared_forms(session)}
    seat = SeatTemplates(folder, _read_marks(folder), {name: one.sha256 for name, one in shared.items()})
    for name, form in shared.items():
        path = folder / name
        there = _digest(path.read_bytes()) if path.is_file() else ""
        if there != form.sha256 and not seat.is_changed(name):
            with suppress(StorageProblem):  # open in the office suite: another time
                save_bytes(form.content, path)
                there = form.sha256
        if there == form.sha256:
            seat.taken[name] = form.sha256
    _write_marks(seat)
    return seat


def give_to_all(session: Session, seat: SeatTemplates, name: str) -> Fault | None:
    """A changed copy that is sound becomes the office's; what keeps it from that."""
    content = (seat.folder / name).read_bytes()
    try:
        shared = shared_forms.share_form(session, name, content, seat.taken.get(name, ""))
    except Refusal as refusal:
        return Fault(name, "", f"改过，但还没有给其他席位用：{refusal}{refusal.remedy or ''}")
    seat.taken[name] = seat.shared[name] = shared.sha256
    _write_marks(seat)
    return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of_shipped(name: str) -> str:
    path = forms_folder() / name
    return _digest(path.read_bytes()) if path.is_file() else ""


def _read_marks(folder: Path) -> dict[str, str]:
    try:
        told: Any = json.loads((folder / _MARKS).read_bytes())
        return {str(name): str(digest) for name, digest in told.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _write_marks(seat: SeatTemplates) -> None:
    if seat.taken != _read_marks(seat.folder):
        save_bytes(json.dumps(seat.taken, ensure_ascii=False).encode(), seat.folder / _MARKS)
