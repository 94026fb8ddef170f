"""A package for the archive: a folder of 件, readable with a file browser, fit to be written to a disc.

Written aside and moved to its place in one step once all is there, with its digest in the journal: a refusal, a full
disk or a cancel leaves nothing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import desktop_app
from desktop_app.documents.archive import checks, item
from desktop_app.documents.archive.catalogue import write_catalogue
from desktop_app.documents.archive.checksums import sums_of, written
from desktop_app.documents.archive.index import INDEX, ItemIndex, ItemLine, PackageIndex, package_xml
from desktop_app.documents.archive.item import ItemFolder
from desktop_app.documents.archive.names import ITEMS, README, REPORT, SHA256_LIST, SM3_LIST
from desktop_app.documents.office_suite import all_to_pdf, can_make_pdf
from desktop_app.documents.suite_server import SuiteHome
from desktop_app.domain.wording import long_date
from desktop_app.errors import BadData, Cancelled, Fault, StorageProblem
from desktop_app.private_folder import HALF_MADE, TEMPORARY_FOLDER, PrivateFolder
from desktop_app.services import archive
from desktop_app.services.archive import ToArchive
from desktop_app.services.session import Session

_TOGETHER = 20
"""Cases whose papers become PDF in one go: one start of the suite for some two hundred papers."""

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Package:
    """A package on disk: its items in order, how many files it has in all, and the digest of its index."""

    folder: Path
    items: tuple[ItemIndex, ...]
    files: int
    digest: str
    warnings: tuple[str, ...]


def write_package(
    session: Session, chosen: ToArchive, target: Path, with_pdf: bool = True, progress: Progress | None = None
) -> Package:
    """Write the package into `target`, which is empty or not there yet.

    Every case gets its 档号 first. Refusals as `archive.kept_case`; BadData for a target in use or no case at all,
    StorageProblem where it can't be written, Cancelled.
    """
    _refuse_target(target)
    if not chosen.numbers:
        raise BadData(Fault(str(target), "", f"{chosen.year} 年度没有已归档的办件，未制作数据包"))
    archive.give_file_numbers(session, chosen.numbers)
    try:
        aside = PrivateFolder(target.absolute().parent, HALF_MADE)
    except OSError as error:
        raise _not_writable(target, error) from error
    try:
        with aside:
            return _write(session, chosen, aside.path / "package", target, with_pdf, progress)
    except OSError as error:
        raise _not_writable(target, error) from error


def _write(
    session: Session, chosen: ToArchive, place: Path, target: Path, with_pdf: bool, progress: Progress | None
) -> Package:
    place.mkdir()
    warnings: list[str] = []
    items: list[ItemIndex] = []
    lines: list[ItemLine] = []
    digests: dict[str, tuple[str, str]] = {}
    total = len(chosen.numbers)
    with _home(session, with_pdf, warnings) as home:
        for start in range(0, total, _TOGETHER):
            folders = []
            for number in chosen.numbers[start : start + _TOGETHER]:
                kept = archive.kept_case(session, number)
                folder = f"{ITEMS}/{kept.number.folder if kept.number is not None else number}"
                folders.append(item.write_item(session, kept, place, folder))
                _tell(progress, start + len(folders) - 1, total)
            if home is not None:
                _make_pdfs(folders, home, warnings)
            for one in folders:
                index, data = item.close_item(one)
                sums = sums_of(data)
                items.append(index)
                lines.append(
                    ItemLine(one.folder, index.number, index.file_number, len(index.files), sums.sha256)
                )
                digests[f"{one.folder}/{INDEX}"] = (sums.sha256, sums.sm3)
                digests |= {f"{one.folder}/{file.path}": (file.sha256, file.sm3) for file in index.files}
            _tell(progress, min(start + _TOGETHER, total), total)
    warnings += _shortfalls(items)
    digest = _write_package_files(session, chosen, place, items, lines, digests)
    files = len(digests)
    report = checks.check_package(place)
    (place / REPORT).write_text(checks.report_text(report), encoding="utf-8", newline="\n")
    # The report tells of the other files, so it is listed last: what it says can't be altered unseen either.
    _write_lists(place, digests | {REPORT: _both(place / REPORT)})
    _sync(place)
    archive.note_package(session, chosen, digest, files, lambda: _publish(place, target))
    return Package(target, tuple(items), files, digest, tuple(warnings))


def _write_package_files(
    session: Session,
    chosen: ToArchive,
    place: Path,
    items: Sequence[ItemIndex],
    lines: Sequence[ItemLine],
    digests: dict[str, tuple[str, str]],
) -> str:
    office, last = archive.office_and_head(session)
    scope = f"{chosen.year} 年度" if chosen.year is not None else "选定办件"
    note = f"{office}　{scope}　共 {len(items)} 件　{long_date(session.today)}制作"
    write_catalogue(place, note, items)
    (place / README).write_text(_readme(office, scope, len(items)), encoding="utf-8", newline="\r\n")
    index = package_xml(
        PackageIndex(
            office=office,
            made=session.clock.now(),
            program=f"留言办 {desktop_app.__version__}",
            year=chosen.year,
            items=tuple(lines),
            absent={one.number: one.reason for one in chosen.absent},
            journal=last,
        )
    )
    (place / INDEX).write_bytes(index)
    for file in sorted(place.iterdir()):
        if file.is_file():
            digests[file.name] = _both(file)
    _write_lists(place, digests)
    return digests[INDEX][0]


def _both(file: Path) -> tuple[str, str]:
    sums = sums_of(file)
    return sums.sha256, sums.sm3


def _write_lists(place: Path, digests: Mapping[str, tuple[str, str]]) -> None:
    (place / SHA256_LIST).write_bytes(written({path: both[0] for path, both in digests.items()}))
    (place / SM3_LIST).write_bytes(written({path: both[1] for path, both in digests.items()}))


@contextmanager
def _home(session: Session, wanted: bool, warnings: list[str]) -> Iterator[SuiteHome | None]:
    """A home for the office suite, where PDFs are wanted and can be made; else None, and a word on why."""
    if not wanted or not can_make_pdf():
        if wanted:
            warnings.append("这台电脑上没有 LibreOffice，文书只存了 Word 原件，没有 PDF。")
        yield None
        return
    with PrivateFolder(session.folder / TEMPORARY_FOLDER) as folder:
        yield SuiteHome(folder.path)


def _make_pdfs(folders: Sequence[ItemFolder], home: SuiteHome, warnings: list[str]) -> None:
    """PDF/A of all papers of these 件; what the suite can't turn stays as Word, and that is told."""
    try:
        _turn(folders, home)
    except BadData:
        # One paper that the suite cannot read must not cost the others their PDF.
        for one in folders:
            one.drop_pdfs()
            try:
                _turn([one], home)
            except BadData as error:
                one.drop_pdfs()
                warnings.append(f"{one.kept.view.row.number} 的文书没有转成 PDF：{error.message}")


def _turn(folders: Sequence[ItemFolder], home: SuiteHome) -> None:
    with PrivateFolder(home.folder, HALF_MADE) as aside:
        wanted = [(one, file, entry) for one in folders for file, entry in one.papers]
        copies = [aside.path / f"{place}.docx" for place in range(len(wanted))]
        for copy, (_, file, _) in zip(copies, wanted, strict=True):
            shutil.copyfile(file, copy)
        made = all_to_pdf(copies, aside.path, home, archival=True)
        for (one, _, entry), pdf in zip(wanted, made, strict=True):
            item.add_pdf(one, entry, pdf)


def _shortfalls(items: Sequence[ItemIndex]) -> list[str]:
    found = [
        f"{one.number} 没有保管期限，未编档号；归档（archive）时写明 retention 即可编号。"
        for one in items
        if not one.file_number
    ]
    return found + [f"{one.number}：{reason}" for one in items for reason in one.missing]


def _readme(office: str, scope: str, count: int) -> str:
    return (
        f"{office}　留言办理归档数据包（{scope}，{count} 件）\n\n"
        "本数据包含有网民个人信息，请按内部资料保管，不得公开或外传。\n\n"
        f"归档文件目录.xlsx / .docx　各件的档号、题名、保管期限\n"
        f"{ITEMS}/　一件一个文件夹：案卷封面、目录、各种文书（Word 原件和 PDF）、附件、\n"
        "　　办理过程.html（用浏览器打开）、记录.jsonl（逐条记录及其校验值）、index.xml（著录和文件清单）\n"
        "index.xml　整包的清单；未列入的登记号及原因也写在里面\n"
        f"{SHA256_LIST}、{SM3_LIST}　每个文件的校验值\n"
        f"{REPORT}　制作时的真实性、完整性、可用性、安全性检测结果\n\n"
        "不用本程序也能核对：在这个文件夹中运行 sha256sum -c SHA256SUMS.txt（Linux），\n"
        "或用任何能算 SHA-256、SM3 的工具逐个比对。有本程序的，运行 liuyan archive verify 文件夹。\n"
    )


def _refuse_target(target: Path) -> None:
    if target.is_dir() and any(target.iterdir()):
        raise BadData(Fault(str(target), "", "文件夹不是空的；请另选一个新的文件夹"))
    if target.exists() and not target.is_dir():
        raise BadData(Fault(str(target), "", "这里已有一个同名文件；请另选一个新的文件夹"))


def _publish(place: Path, target: Path) -> None:
    if target.is_dir():
        target.rmdir()
    place.replace(target)


def _sync(place: Path) -> None:
    """All files safely on the disk before the journal says that they are there."""
    for file in place.rglob("*"):
        if file.is_file():
            descriptor = os.open(file, os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None and not progress(done, total):
        raise Cancelled


def _not_writable(target: Path, error: OSError) -> StorageProblem:
    return StorageProblem(
        "file_not_writable",
        f"归档数据包未能写入 {target}（{error.strerror or type(error).__name__}）。",
        "请检查磁盘空间和权限，或另选文件夹。",
    )
