"""Issuing a bulletin: its number, its figures frozen, its paper kept and what the office owed done, all or none.

A draft is none of this: it is made of `bulletin_matter` as often as one likes and leaves no trace but the log of who
took figures out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.bulletin_records import IssuedBulletin
from desktop_app.domain.numbering import DocumentSeries
from desktop_app.domain.regulation import BulletinRule
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services.bulletin_matter import BulletinMatter, matter_in
from desktop_app.services.issued_bulletins import ISSUE, issue_in
from desktop_app.services.office_duties import PERIODIC, settle_by
from desktop_app.services.session import Session
from desktop_app.services.statistics import check_period

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

PAPER, TEMPLATE = "sha256", "template_sha256"
"""Keys of the event: digests of the paper as it was made, and of its template."""


@dataclass(frozen=True, slots=True)
class FilledBulletin:
    """A bulletin filled and not on record yet. `filled` is what went into the template, as text; `publish` puts the
    file in its place, and is called once all else is written and before that counts."""

    title: str
    sha256: str
    template: bytes
    filled: str
    publish: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Issued:
    """A bulletin that went out, and what of the office's duties is done by it."""

    bulletin: IssuedBulletin
    settled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What it takes to make an issued bulletin's paper again, to the byte."""

    number: str
    title: str
    sha256: str
    template: bytes
    filled: str


def issue(
    session: Session, first: date, last: date, fill: Callable[[BulletinMatter, str], FilledBulletin]
) -> Issued:
    """Issue the bulletin on that period, as `fill` makes it of what is told and of its number.

    Refusals as `bulletin_matter`, and `date_in_future` while the period is not over: frozen figures of half a period
    would stand for all of it.
    """
    session.require(Right.WORK_ON_CASES)
    check_period(first, last)
    if last > session.today:
        raise Refusal(
            "date_in_future",
            f"时段到 {last.isoformat()} 才结束，现在还不能印发。",
            None,
            "可以先出草稿；要印发的，请把截止日改到今天或以前。",
        )
    with session.change() as work:
        matter = matter_in(session, work, first, last)
        number = next_number(work, matter.rule, session.today.year)
        made = fill(matter, number)
        template = work.papers.keep_template(made.template)
        work.papers.keep_values(made.sha256, template, made.filled)
        paper = {PAPER: made.sha256, TEMPLATE: template}
        bulletin = issue_in(session, work, first, last, made.title, number, session.today, paper)
        settled = settle_by(session, work, PERIODIC, first, last, f"{matter.rule.name}{number}")
        made.publish()
    return Issued(bulletin, settled)


def next_number(work: Work, rule: BulletinRule, year: int) -> str:
    """The next number of the year's series. It follows from the events, so none is left out or given twice."""
    series = DocumentSeries("bulletin", rule.number)
    given = [
        series.read(event.keys["number"]) for event in work.journal.of_office(ISSUE) if event.keys["number"]
    ]
    serials = [one.serial for one in given if one is not None and one.year == year]
    return series.write(year, max(serials, default=0) + 1)


def kept(session: Session, bulletin_id: int) -> Kept:
    """The paper of an issued bulletin. Refusal `unknown_value` where there is no such one, or no paper was kept."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        event = next((one for one in work.journal.of_office(ISSUE) if one.id == bulletin_id), None)
        if event is None:
            raise Refusal("unknown_value", f"没有第 {bulletin_id} 号通报。")
        sha256, template = event.keys.get(PAPER, ""), event.keys.get(TEMPLATE, "")
        content, filled = work.papers.template(template), work.papers.values(sha256, template)
        if content is None or filled is None:
            raise Refusal("unknown_value", f"{event.keys['number']}没有保存文稿，不能原样再出。")
    return Kept(event.keys["number"], event.protected.get("title", ""), sha256, content, filled)
