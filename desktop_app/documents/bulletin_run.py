"""Making a bulletin's file: a draft as often as one likes, an issue once, and that again as it went out."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from desktop_app.documents.bulletin_charts import bulletin_charts
from desktop_app.documents.chart_faces import NO_FACE
from desktop_app.documents.forms import Template, template_of
from desktop_app.documents.own_templates import template_in_use
from desktop_app.documents.paper_catalogue import BULLETIN, OFFICE_PAPERS
from desktop_app.documents.paper_files import FilesTogether, check_target, files_together
from desktop_app.documents.paper_runs import save_document
from desktop_app.documents.papers.bulletin import BY_FIGURE, bulletin_values, title_of
from desktop_app.documents.recorded_values import Values, values_of, values_text
from desktop_app.errors import Refusal
from desktop_app.services import bulletins
from desktop_app.services.bulletin_matter import BulletinMatter, bulletin_matter, days_before
from desktop_app.services.bulletins import FilledBulletin, Issued
from desktop_app.services.child_process import Progress
from desktop_app.services.session import Session
from desktop_app.services.statistics import note_export, up_to_date_statistics

_WITHOUT_CHARTS = "这台电脑没有中文字体，本稿没有图；装上中文字体后重做，即有图。"


def draft_bulletin(session: Session, first: date, last: date, target: Path, order: str = BY_FIGURE) -> str:
    """Write a draft, .docx or .pdf, and return its title. Refusals as `bulletin_matter`; BadData for a bad template."""
    check_target(target)
    template = template_in_use(session, BULLETIN)
    _figures_at_hand(session, first, last)
    matter = bulletin_matter(session, first, last)
    paper = template.fill(_draft_values(matter, order))
    note_export(session, first, last, f"{matter.rule.name}（草稿）")
    save_document(session, paper.bytes, target)
    return title_of(matter)


def _draft_values(matter: BulletinMatter, order: str) -> Values:
    """A machine without a Chinese face draws no charts; a draft says so and has all the rest."""
    try:
        return bulletin_values(matter, bulletin_charts(matter), "", order)
    except Refusal as refusal:
        if refusal.code != NO_FACE:
            raise
    values = bulletin_values(matter, {}, "", order)
    return {**values, "统计口径": f"{values['统计口径']}\n{_WITHOUT_CHARTS}"}


def issue_bulletin(session: Session, first: date, last: date, target: Path, order: str = BY_FIGURE) -> Issued:
    """Issue it, as .docx: numbered, its figures frozen, its file written; nothing of all this where any part fails.

    Refusals as `bulletins.issue`, `no_chinese_face`; BadData, StorageProblem.
    """
    check_target(target)
    template = template_in_use(session, BULLETIN)
    _figures_at_hand(session, first, last)
    with files_together(target.parent) as files:
        try:
            return bulletins.issue(session, first, last, partial(_for_issue, template, order, target, files))
        except BaseException:
            files.take_back()
            raise


def bulletin_again(session: Session, bulletin_id: int, target: Path) -> str:
    """Write an issued bulletin again as it went out, whatever was changed since; returns its number."""
    check_target(target)
    kept = bulletins.kept(session, bulletin_id)
    name = OFFICE_PAPERS[BULLETIN].file_name
    paper = template_of(BULLETIN, kept.template, name, kept=True).fill_again(values_of(kept.filled))
    save_document(session, paper.bytes, target)
    return kept.number


def _for_issue(
    template: Template, order: str, target: Path, files: FilesTogether, matter: BulletinMatter, number: str
) -> FilledBulletin:
    values = bulletin_values(matter, bulletin_charts(matter), number, order)
    paper = template.fill(values)
    files.write(target.name, paper.bytes)
    return FilledBulletin(title_of(matter), paper.sha256, template.data, values_text(values), files.publish)


def _figures_at_hand(session: Session, first: date, last: date) -> None:
    """What has to be found again of these cases is found before the transaction that issues, which others wait for."""
    for span in ((first, last), days_before(first, last)):
        up_to_date_statistics(session, *span)


def draft_job(first: date, last: date, target: Path, order: str, session: Session, progress: Progress) -> str:
    """`draft_bulletin` in a process of its own."""
    progress(0, 1)
    return draft_bulletin(session, first, last, target, order)


def issue_job(
    first: date, last: date, target: Path, order: str, session: Session, progress: Progress
) -> Issued:
    """`issue_bulletin` in a process of its own."""
    progress(0, 1)
    return issue_bulletin(session, first, last, target, order)
