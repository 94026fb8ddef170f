"""The four checks of DA/T 70-2018 on a package: 真实性、完整性、可用性、安全性.

They need the folder alone, so a package made elsewhere, or altered since, is judged by what lies there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from desktop_app.documents.archive import readable
from desktop_app.documents.archive.checksums import Sums, read, sums_of
from desktop_app.documents.archive.file_names import LONGEST, is_portable
from desktop_app.documents.archive.index import INDEX, ItemIndex, PackageIndex, read_item, read_package
from desktop_app.documents.archive.item import PROOFS, SCAN
from desktop_app.documents.archive.names import SHA256_LIST, SM3_LIST, UNLISTED
from desktop_app.domain.events import DIGEST_PREFIX, digest, salted_digest

AUTHENTIC, COMPLETE, USABLE, SAFE = "authentic", "complete", "usable", "safe"
TITLES = {AUTHENTIC: "真实性", COMPLETE: "完整性", USABLE: "可用性", SAFE: "安全性"}
_LARGEST_LIST = 1 << 28
"""Bytes; the list of a hundred thousand files has a twentieth of it."""
_LONG_GAP = 1000
_FILE_NUMBER = re.compile(r"(?P<series>.+)-(?P<item>[0-9]{4,})")
_REGISTER_NUMBER = re.compile(r"([0-9]{4})-([0-9]{4,9})")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong. check: which of the four; where: the path within the package, or the number."""

    check: str
    where: str
    message: str


@dataclass
class Report:
    """What the checks found. counted: how many files each check looked at."""

    findings: list[Finding] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    items: tuple[ItemIndex, ...] = ()
    package: PackageIndex | None = None
    digest: str = ""
    files: int = 0

    @property
    def ok(self) -> bool:
        return not self.findings

    def tell(self, check: str, where: str, message: str) -> None:
        found = Finding(check, where, message)
        if found not in self.findings:
            self.findings.append(found)


def check_package(folder: Path, progress: Callable[[int, int], bool] | None = None) -> Report:
    """Looks at everything in the folder and changes nothing. OSError where the folder itself can't be read."""
    report = Report()
    there = dict(_files(folder, report))
    report.files = len(there)
    sums = _summed(there, report, progress)
    report.package = _package_index(there, report)
    report.digest = sums[INDEX].sha256 if INDEX in sums else ""
    report.items = tuple(_items(there, report))
    _compare_lists(there, sums, report)
    _compare_indexes(sums, report)
    _prove_records(there, report)
    _numbers(report)
    _missing(report)
    as_it_came = _attachments(report)
    for path, file in there.items():
        for check, look in ((USABLE, readable.faults), (SAFE, readable.dangers)):
            for fault in look(file):
                if path in as_it_came:
                    report.warnings.append(f"{path}：收来时就{fault}")
                else:
                    report.tell(check, path, fault)
    return report


def _attachments(report: Report) -> set[str]:
    """What was sent to the office and is as it was sent: its faults are no fault of the package."""
    bad = {one.where for one in report.findings}
    paths = {f"{item.folder}/{one.path}" for item in report.items for one in item.files if one.kind == SCAN}
    return paths - bad


def report_text(report: Report) -> str:
    """The report in words, as it lies in the package."""
    lines = ["电子档案四性检测报告（DA/T 70-2018）", ""]
    if report.package is not None:
        lines += [f"单位：{report.package.office}", f"制作时间：{report.package.made}"]
    lines += [f"件数：{len(report.items)}，文件数：{report.files}", ""]
    for check, title in TITLES.items():
        found = [one for one in report.findings if one.check == check]
        lines.append(f"{title}：{'通过' if not found else f'有 {len(found)} 处问题'}")
        lines += [f"　　{one.where}　{one.message}" for one in found]
    if report.warnings:
        lines += ["", "说明："]
        lines += [f"　　{words}" for words in report.warnings]
    return "\n".join(lines) + "\n"


def _files(folder: Path, report: Report) -> Iterator[tuple[str, Path]]:
    """Every file by its path within the package; links and strange names are told and not followed."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_symlink():
            report.tell(SAFE, path, "是链接，不是文件本身")
        elif file.is_file():
            yield path, file
        elif not file.is_dir():
            report.tell(SAFE, path, "不是普通文件")
        if not is_portable(file.name):
            report.tell(USABLE, path, f"名称含有别的系统不能用的字符，或长于 {LONGEST} 个字")


def _summed(
    there: dict[str, Path], report: Report, progress: Callable[[int, int], bool] | None
) -> dict[str, Sums]:
    found = {}
    for place, (path, file) in enumerate(there.items(), start=1):
        try:
            found[path] = sums_of(file)
        except OSError as error:
            report.tell(USABLE, path, f"读不出来（{error.strerror or type(error).__name__}）")
        if progress is not None and not progress(place, len(there)):
            break
    return found


def _content(there: dict[str, Path], path: str) -> bytes:
    """A list or index that lies in the package itself. OSError where there is none; ValueError for one that is no list."""
    if path not in there:
        raise FileNotFoundError(path)
    if there[path].stat().st_size > _LARGEST_LIST:
        raise ValueError("过大，不是清单")
    return there[path].read_bytes()


def _package_index(there: dict[str, Path], report: Report) -> PackageIndex | None:
    try:
        return read_package(_content(there, INDEX))
    except OSError:
        report.tell(COMPLETE, INDEX, "没有整包的清单，不是归档数据包，或者清单丢失")
    except ValueError as error:
        report.tell(AUTHENTIC, INDEX, str(error))
    return None


def _items(there: dict[str, Path], report: Report) -> Iterator[ItemIndex]:
    for line in report.package.items if report.package is not None else ():
        path = f"{line.folder}/{INDEX}"
        if not _within(line.folder):
            report.tell(SAFE, line.folder, "指向数据包以外")
            continue
        try:
            data = _content(there, path)
            index = read_item(data, line.folder)
        except OSError:
            report.tell(COMPLETE, path, f"{line.number} 的清单不见了")
            continue
        except ValueError as error:
            report.tell(AUTHENTIC, path, str(error))
            continue
        if hashlib.sha256(data).hexdigest() != line.sha256:
            report.tell(AUTHENTIC, path, f"{line.number} 的清单与整包清单中的校验值不符，被改动或调换过")
        if (index.number, index.file_number) != (line.number, line.file_number):
            report.tell(AUTHENTIC, path, f"登记号或档号与整包清单（{line.number} {line.file_number}）不一致")
        yield index


def _compare_lists(there: dict[str, Path], sums: dict[str, Sums], report: Report) -> None:
    for name, kind in ((SHA256_LIST, "sha256"), (SM3_LIST, "sm3")):
        try:
            listed = read(_content(there, name))
        except OSError:
            report.tell(COMPLETE, name, "校验值清单不见了")
            continue
        except ValueError as error:
            report.tell(AUTHENTIC, name, str(error))
            continue
        for path, told in listed.items():
            if path not in sums:
                report.tell(COMPLETE, path, "文件不见了")
            elif getattr(sums[path], kind) != told:
                report.tell(AUTHENTIC, path, "内容与校验值不符，被改动或调换过")
        for path in sums.keys() - listed.keys() - UNLISTED:
            report.tell(AUTHENTIC, path, "不在校验值清单中，是后来加进来的")


def _compare_indexes(sums: dict[str, Sums], report: Report) -> None:
    known = {INDEX}
    for item in report.items:
        known.add(f"{item.folder}/{INDEX}")
        for one in item.files:
            path = f"{item.folder}/{one.path}"
            known.add(path)
            if not _within(path):
                report.tell(SAFE, path, "指向数据包以外")
            elif path not in sums:
                report.tell(COMPLETE, path, "文件不见了")
            elif (sums[path].sha256, sums[path].sm3, sums[path].size) != (one.sha256, one.sm3, one.size):
                report.tell(AUTHENTIC, path, "内容与清单中的校验值不符，被改动或调换过")
            elif one.recorded and one.recorded != one.sha256:
                report.tell(AUTHENTIC, path, "与单位登记的校验值不符")
    for path in sums.keys() - known - UNLISTED:
        if "/" in path:
            report.tell(COMPLETE, path, "不在任何一件的清单中")


def _prove_records(there: dict[str, Path], report: Report) -> None:
    """Each record of each case by its own SM3, and the words beside it by theirs."""
    for item in report.items:
        path = f"{item.folder}/{PROOFS}"
        try:
            lines = _content(there, path).decode().splitlines()
        except (OSError, ValueError):
            continue  # told already
        for place, line in enumerate(lines, start=1):
            fault = _record_fault(line, item.number)
            if fault:
                report.tell(AUTHENTIC, path, f"第 {place} 行：{fault}")


def _record_fault(line: str, number: str) -> str:
    try:
        told = json.loads(line)
        if "withheld" in told:
            return ""
        if digest(told["canonical"]) != told["sm3"]:
            return f"第 {told['id']} 号记录与其 SM3 不符"
        event = json.loads(told["canonical"])
        if event["case"] != number:
            return f"第 {told['id']} 号记录是 {event['case']} 的，不是本件的"
        for key, kept in told["words"].items():
            if event["protected"].get(key) != DIGEST_PREFIX + salted_digest(kept["salt"], kept["words"]):
                return f"第 {told['id']} 号记录的“{key}”与其摘要不符"
    except (ValueError, KeyError, TypeError, AttributeError):
        return "不是记录"
    return ""


def _numbers(report: Report) -> None:
    """件号 and register numbers without gaps, where the package is a whole year; none twice in any case."""
    series: dict[str, list[int]] = {}
    seen: set[str] = set()
    for item in report.items:
        for number in filter(None, (item.number, item.file_number)):
            if number in seen:
                report.tell(AUTHENTIC, number, "出现了两次")
            seen.add(number)
        if found := _FILE_NUMBER.fullmatch(item.file_number):
            series.setdefault(found["series"], []).append(int(found["item"]))
    package = report.package
    if package is None or package.year is None:
        return
    for name, items in sorted(series.items()):
        for first, last in _gaps(items):
            report.tell(COMPLETE, f"{name}-{first:04d}", f"件号不连续，缺这一件{_and_on(first, last)}")
    _register_gaps(package, seen, report)


def _register_gaps(package: PackageIndex, seen: set[str], report: Report) -> None:
    serials = set()
    for number in [*seen, *package.absent]:
        found = _REGISTER_NUMBER.fullmatch(number)
        if found is not None and int(found[1]) == package.year:
            serials.add(int(found[2]))
    for first, last in _gaps(serials):
        reason = f"登记号不连续：既不在包中，也没有写明未列入的原因{_and_on(first, last)}"
        report.tell(COMPLETE, f"{package.year}-{first:04d}", reason)


def _gaps(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """What is missing from 1 to the greatest, one by one; a gap too long to be one is told as a whole."""
    before = 0
    for number in sorted(set(numbers)):
        if number - before > _LONG_GAP:
            yield before + 1, number - 1
        else:
            yield from ((gap, gap) for gap in range(before + 1, number))
        before = number


def _and_on(first: int, last: int) -> str:
    return f"（直到 {last:04d}，共 {last - first + 1:,} 个）" if last > first else ""


def _missing(report: Report) -> None:
    """What the package itself says it could not hold: to be known, and no fault of it."""
    for item in report.items:
        report.warnings += [f"{item.number}：{reason}" for reason in item.missing]
        if not item.file_number:
            report.warnings.append(f"{item.number}：没有保管期限，未编档号")


def _within(path: str) -> bool:
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and "\\" not in path and ":" not in path
