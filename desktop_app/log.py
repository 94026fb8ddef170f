"""The program's diary and its bug reports, kept in the data folder with no case text in either.

Files here are not encrypted and are sent to whoever mends the program, so nothing a citizen wrote may get
into them. Calls to a logger name numbers and ids, never titles or texts; what an exception says is left out
unless its kind speaks of program code only, because a message such as `invalid literal: '…'` quotes data.
"""

from __future__ import annotations

import logging
import os
import sys
from datetime import datetime
from pathlib import Path

_ROOT = "desktop_app"
_SIZE = 1_000_000
_KEPT = 3

_SPEAKS_OF_CODE = (
    AttributeError,
    ImportError,
    NameError,
    NotImplementedError,
    RecursionError,
)


TIMES = "LIUYAN_LOG"
"""Set to `times`, the program notes how long everything took: for who looks into a slow machine."""


def keeps_times() -> bool:
    """Whether times are noted."""
    return os.environ.get(TIMES) == "times"


def set_up(folder: Path | None, level: int = logging.INFO) -> None:
    """Write the program's log to `folder`/logs/liuyan.log, four files of 1 MB at most; None writes none.

    A folder that cannot be written to is no reason to stop the office's work: then nothing is logged.
    Libraries are left out: SQLAlchemy's log quotes rows.
    """
    logger = logging.getLogger(_ROOT)
    for old in logger.handlers[:]:
        logger.removeHandler(old)
        old.close()
    logger.addHandler(_handler(folder))
    logger.setLevel(logging.DEBUG if keeps_times() else level)
    logger.propagate = False
    # A library that sets up logging for itself switches off all loggers that were there before.
    for name, one in logging.root.manager.loggerDict.items():
        if isinstance(one, logging.Logger) and (name == _ROOT or name.startswith(f"{_ROOT}.")):
            one.disabled = False


def report_bug(exc: BaseException, folder: Path | None) -> Path:
    """Save what is needed to mend the bug behind `exc` to `folder`/bug-reports, and say where.

    It goes to the machine's temporary folder where `folder` is None or cannot be written to.
    """
    import tempfile

    now = datetime.now().astimezone()
    text = _report(exc, now)
    name = f"bug-report-{now:%Y%m%d-%H%M%S-%f}.txt"
    if folder is not None:
        try:
            return _save(folder / "bug-reports" / name, text)
        except OSError:
            pass
    return _save(Path(tempfile.gettempdir()) / name, text)


def _save(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def _handler(folder: Path | None) -> logging.Handler:
    if folder is None:
        return logging.NullHandler()
    from logging.handlers import RotatingFileHandler

    class SharedFile(RotatingFileHandler):
        def rotate(self, source: str, dest: str) -> None:
            # Windows will not rename a file that the window and the command line both hold open;
            # then the file grows until one of them is closed.
            try:
                super().rotate(source, dest)
            except PermissionError:
                return

    file = folder / "logs" / "liuyan.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = SharedFile(file, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(_WithoutCaseText("%(asctime)s %(levelname)s %(name)s %(process)d %(message)s"))
    return handler


class _WithoutCaseText(logging.Formatter):
    def formatException(self, ei: object) -> str:
        exc = ei[1] if isinstance(ei, tuple) else None
        return _trace(exc) if isinstance(exc, BaseException) else ""


def _report(exc: BaseException, now: datetime) -> str:
    import platform

    from desktop_app import __version__

    qt = getattr(sys.modules.get("PySide6"), "__version__", "未载入")
    return (
        "留言办 程序错误报告\n"
        "本报告不含留言、答复和网民信息，可以发给维护人员。\n\n"
        f"时间：{now.isoformat(timespec='seconds')}\n"
        f"版本：{__version__}（{'安装包' if getattr(sys, 'frozen', False) else '源码'}）\n"
        f"Python：{platform.python_version()}　Qt：{qt}\n"
        f"系统：{platform.platform()}\n\n"
        f"{_trace(exc)}\n"
    )


def _trace(exc: BaseException) -> str:
    """The chain of exceptions, oldest first: where each passed, and its kind."""
    import traceback

    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = exc
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = "".join(traceback.format_tb(current.__traceback__))
        parts.append(f"{frames}{_kind(current)}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n\n".join(reversed(parts))


def _kind(exc: BaseException) -> str:
    kind = f"{type(exc).__module__}.{type(exc).__qualname__}".removeprefix("builtins.")
    return f"{kind}: {exc}" if isinstance(exc, _SPEAKS_OF_CODE) else kind
