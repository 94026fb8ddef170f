"""A LibreOffice of our own: where it lives, and one kept running so that a paper becomes a PDF in a tenth of a second.

Nothing but its command line is used (docs/adr/015). It is started with an empty document of ours, unseen,
which keeps it from ending; a later `soffice --convert-to` with the same profile finds it and hands its job over. With a
profile of its own it never meets what the office has open. Whether it is there changes the speed and nothing else:
where none runs, the same command does the work itself.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.documents.fonts_present import suite_fonts
from desktop_app.documents.other_programs import environment_of_others
from desktop_app.documents.suite_settings import write_settings

_SECONDS_TO_BE_READY = 30
_LOOK_EVERY = 0.02
_EMPTY = rb"{\rtf1 }"
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)

_BOUND = """
note=$1
socket=$2
shift 2
[ -z "$note" ] || echo $$ >"$note"
( "$@" </dev/null >/dev/null 2>&1; [ -z "$note" ] || rm -f "$note"; kill -KILL 0 ) &
read -r line
[ -z "$socket" ] || rm -f "$socket"
kill -KILL 0
"""
"""For sh: a suite, and the end of it and all it starts as soon as our end of the pipe closes, which it does even where
we are killed. `note` says that it runs; `socket` is what it would leave behind."""


@dataclass(frozen=True, slots=True)
class SuiteHome:
    """The folder in which a LibreOffice keeps its profile and everything it writes besides the PDFs asked for.

    Removing it is its owner's (`private_folder`). Another process may use the same home, and with it the suite
    that runs there.
    """

    folder: Path

    def command(self, program: Path, *words: str) -> list[str]:
        """A call of the suite in this home, with nothing shown and nothing asked."""
        return [str(program), f"-env:UserInstallation={self.profile}", "--headless", "--norestore", *words]

    def environment(self) -> dict[str, str]:
        """The suite's temporary files, which hold the papers' text, go into this home; missing faces have their
        substitutes named. A new profile is given its settings."""
        scratch = self.folder / "scratch"
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_settings(self.folder / "profile")
        fonts = suite_fonts(self.folder)
        return (
            environment_of_others()
            | dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(scratch))
            | ({"FONTCONFIG_FILE": str(fonts)} if fonts is not None else {})
        )

    @property
    def occupied(self) -> bool:
        """Whether a suite is kept running here, or about to."""
        return self.note.exists()

    def wait_until_ready(self) -> None:
        """Let a suite that is being started here take its place: two that start at once would both end."""
        until = time.monotonic() + _SECONDS_TO_BE_READY
        while self.occupied and not self._ready.exists() and time.monotonic() < until:
            time.sleep(_LOOK_EVERY)

    def end(self) -> None:
        """End the suite that runs here, if one does, whoever has started it: it does not answer."""
        group = self._group()
        if group is not None:
            end_group(group)
        self.clear()

    def clear(self) -> None:
        """Remove what says that a suite runs here."""
        for trace in (self.note, self._ready, self.folder / "profile" / ".lock"):
            trace.unlink(missing_ok=True)
        self.socket.unlink(missing_ok=True)

    @property
    def socket(self) -> Path:
        """Where the suite of this home is spoken to on Unix; one that was ended leaves it behind."""
        digest = hashlib.md5(self.profile.encode("utf-16-le"), usedforsecurity=False).digest()
        named = "".join(f"{byte:x}" for byte in digest)  # as LibreOffice writes it, without leading zeros
        user = os.getuid() if sys.platform != "win32" else 0
        return Path(f"/tmp/OSL_PIPE_{user}_SingleOfficeIPC_{named}")

    @property
    def profile(self) -> str:
        """The suite's own settings, as it wants to be told of them."""
        return (self.folder.absolute() / "profile").as_uri()

    @property
    def kept_document(self) -> Path:
        """What a suite that is kept running has open."""
        return self.folder / "kept.rtf"

    @property
    def _ready(self) -> Path:
        """The suite's own lock beside the document: it is open, and no restart for a new profile is to come."""
        return self.folder / f".~lock.{self.kept_document.name}#"

    @property
    def note(self) -> Path:
        """Says that a suite runs here, and which process leads it."""
        return self.folder / "running"

    def _group(self) -> int | None:
        """The process that leads the running suite."""
        try:
            return int(self.note.read_text())
        except (OSError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Bound:
    """A program of others that ends with ours, and so does what it starts. `job` is what Windows needs for that."""

    process: subprocess.Popen[bytes]
    job: object

    @classmethod
    def start(cls, home: SuiteHome, command: list[str], note: Path | None = None) -> Bound:
        """With `note` it is to be known as the one that is kept there. Raises OSError."""
        if sys.platform != "win32":
            # What only hands its job over leaves nothing: the socket is that of the one that is kept.
            left = home.socket if note is not None or not home.occupied else ""
            command = ["/bin/sh", "-c", _BOUND, "sh", str(note or ""), str(left), *command]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=home.environment(),
            start_new_session=True,
            creationflags=_NO_WINDOW,
        )
        return cls(process, _job_of(process))

    def end(self) -> None:
        """End it at once; nothing happens where it has ended."""
        if self.process.poll() is None:
            end_group(self.process.pid)
            self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()


class KeptSuite:
    """LibreOffice running in a home until it is closed; it ends with this program, however this program ends."""

    def __init__(self, home: SuiteHome, program: Path) -> None:
        self.home, self._program = home, program
        self._bound: Bound | None = None
        self._end: weakref.finalize[Any, Any] | None = None

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended since."""
        if self._bound is not None and self._bound.process.poll() is not None:
            self.close()
        return self._bound is not None

    def start(self) -> None:
        """See to it that it runs; returns at once. Where it does not start, each job starts one for itself."""
        if self.running:
            return
        command = self.home.command(self._program, "--nodefault", str(self.home.kept_document))
        try:
            self.home.kept_document.write_bytes(_EMPTY)
            self.home.note.touch()
            bound = Bound.start(self.home, command, self.home.note)
            if sys.platform == "win32":
                self.home.note.write_text(str(bound.process.pid))
        except OSError:
            self.home.clear()
            return
        self._bound = bound
        self._end = weakref.finalize(self, _ended, self.home, bound)

    def close(self) -> None:
        """End it; its home stays."""
        if self._end is not None:
            self._end()
        self._bound = self._end = None


def _ended(home: SuiteHome, bound: Bound) -> None:
    bound.end()
    home.clear()


def end_group(leader: int) -> None:
    """End a suite and what it started: soffice is a launcher, the work is its child's."""
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/T", "/F", "/PID", str(leader)],
            capture_output=True,
            check=False,
            creationflags=_NO_WINDOW,
        )
    else:
        import signal

        with suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)


def _job_of(process: subprocess.Popen[bytes]) -> object:
    """On Windows a job object that ends all its processes once its last handle is closed, as our end does."""
    if sys.platform != "win32":
        return None
    from desktop_app.documents.windows_job import job_of

    return job_of(process)
