"""A package against the journal of the office that made it: what only who has the data can prove."""

from __future__ import annotations

from desktop_app.documents.archive.checks import AUTHENTIC, COMPLETE, Report
from desktop_app.documents.archive.index import INDEX
from desktop_app.services import archive
from desktop_app.services.session import Session


def prove(session: Session, report: Report) -> bool:
    """Whether the office made this very package; adds to the report what its records contradict.

    A package of lists made to fit an altered paper passes every check of its own: here the paper's digest differs
    from the one recorded on the day it was made.
    """
    known = archive.package_known(session, report.digest)
    if not known:
        report.tell(AUTHENTIC, INDEX, "本单位的记录里没有做过这样一份数据包：清单被改动，或者不是这里做的")
    for item in report.items:
        recorded = archive.papers_known(session, item.number)
        if not recorded:
            report.tell(AUTHENTIC, item.folder, f"本单位的登记簿中没有 {item.number} 的文书")
            continue
        for one in item.files:
            if one.recorded and one.recorded not in recorded:
                report.tell(AUTHENTIC, f"{item.folder}/{one.path}", "本单位没有登记过这样一份文书或附件")
        put_in = {one.recorded for one in item.files if one.recorded}
        lacking = len(recorded - put_in) - len(item.missing)
        if known and lacking > 0 and not item.missing:
            report.warnings.append(f"{item.number}：制作数据包之后又有 {lacking} 份文书或附件")
    if known:
        return True
    ends = archive.register_ends(session)
    year = report.package.year if report.package is not None else None
    if year is not None and year in ends and report.package is not None:
        listed = {item.number for item in report.items} | set(report.package.absent)
        for serial in range(1, ends[year] + 1):
            number = archive.number_of_serial(year, serial)
            if number not in listed:
                report.tell(COMPLETE, number, "登记簿中有，数据包中没有，也没有写明原因")
    return False
