"""Papers on disk: as Word, or as PDF through the office suite of the machine; whole or not at all."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from desktop_app.errors import StorageProblem


def check_target(target: Path) -> None:
    """Try the place before a paper is made: the record of one that could not be saved would stay."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=target.parent):
            pass
    except OSError as error:
        raise _not_writable(target, error) from error


def save_bytes(data: bytes, target: Path) -> Path:
    """Write whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise _not_writable(target, error) from error
    return target


def _not_writable(target: Path, error: OSError) -> StorageProblem:
    return StorageProblem(
        "file_not_writable",
        f"文书未能写入 {target}（{error.strerror or type(error).__name__}）。",
        "请关闭正在打开它的程序，或另选文件夹。",
    )


def save_document(data: bytes, target: Path) -> Path:
    """A document, one paper or many merged, as .docx or .pdf."""
    return _save_pdf(data, target) if target.suffix.lower() == ".pdf" else save_bytes(data, target)


def _save_pdf(data: bytes, target: Path) -> Path:
    from desktop_app.documents.office_suite import to_pdf

    with tempfile.TemporaryDirectory(prefix="liuyan-") as folder:
        paper = Path(folder) / "paper.docx"
        paper.write_bytes(data)
        return save_bytes(to_pdf(paper, Path(folder)).read_bytes(), target)
