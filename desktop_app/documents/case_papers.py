"""Papers of cases: from what is recorded to a filled template, one or many, and noted on the case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.documents.archive.file_names import portable
from desktop_app.documents.fields import CODE
from desktop_app.documents.forms import FilledPaper, Template, merge
from desktop_app.documents.own_templates import template_in_use
from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.documents.paper_files import check_target, save_bytes
from desktop_app.documents.papers.registry import values_for
from desktop_app.documents.recorded_values import Values, values_text
from desktop_app.domain.office_records import PaperMade
from desktop_app.domain.regulation import FormRule
from desktop_app.errors import Cancelled, Refusal
from desktop_app.services import papers
from desktop_app.services.papers import PaperSource
from desktop_app.services.session import Session

__all__ = [
    "FilledPapers",
    "MadePaper",
    "available_forms",
    "check_target",
    "check_template",
    "fill_papers",
    "make_paper",
    "make_papers",
    "merge_made",
    "record_filled",
    "save_bytes",
]

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper ready to be saved. `title` is its regulation's, `document` its number; `unprintable` names characters
    shown as □."""

    case: str
    form: str
    title: str
    document: str
    file_name: str
    data: bytes
    sha256: str
    unprintable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledPapers:
    """Papers that are filled and not on record yet: each with its record to be, and the template of all."""

    made: tuple[MadePaper, ...]
    records: tuple[PaperMade, ...]
    template: bytes


def available_forms(session: Session, number: str) -> tuple[FormRule, ...]:
    """The papers that can be made of the case now, and for which a template exists."""
    return tuple(form for form in papers.available_forms(session, number) if form.form in PAPERS)


def make_paper(session: Session, number: str, form_id: str) -> MadePaper:
    """Fill one paper and note it on its case. Refusals as `papers.paper_source`; BadData for a bad template."""
    return make_papers(session, [number], form_id)[0]


def make_papers(
    session: Session, numbers: Sequence[str], form_id: str, progress: Progress | None = None
) -> list[MadePaper]:
    """Fill a paper for each case. All are filled before the first is noted, so a refusal leaves nothing half."""
    filled = fill_papers(session, numbers, form_id, progress)
    record_filled(session, filled)
    return list(filled.made)


def fill_papers(
    session: Session, numbers: Sequence[str], form_id: str, progress: Progress | None = None
) -> FilledPapers:
    """Fill a paper for each case and note none yet; a joint one is filled once, and to be noted on all its cases.

    Refusals as `papers.paper_source`; BadData for a bad template.
    """
    sources = [papers.paper_source(session, number, form_id) for number in numbers]
    template = _template(session, form_id)
    made, records, joint = [], [], set()
    for position, source in enumerate(sources, start=1):
        if source.companions and source.document in joint:
            continue
        joint.add(source.document)
        values = {**values_for(source), CODE: source.together[0].code}
        paper = template.fill(values)
        made.append(_made(source, paper))
        records += [_record(one, source, values, paper, template) for one in source.together]
        if progress is not None and not progress(position, len(numbers)):
            raise Cancelled
    return FilledPapers(tuple(made), tuple(records), template.data)


def record_filled(session: Session, filled: FilledPapers, publish: Callable[[], None] | None = None) -> None:
    """Note each paper on its case. `publish` is called once all are noted and before that counts: what it raises
    leaves no note."""
    papers.record_papers(session, filled.records, filled.template, publish)


def merge_made(made: Sequence[MadePaper]) -> bytes:
    return merge([paper.data for paper in made])


def check_template(session: Session, form_id: str) -> None:
    """That papers of this form can be filled at all; BadData for a bad template."""
    _template(session, form_id)


def _template(session: Session, form_id: str) -> Template:
    if form_id not in PAPERS:
        known = "、".join(f"{one.form_id}（{one.title}）" for one in PAPERS.values())
        raise Refusal("unknown_value", f"没有“{form_id}”这种文书；现有：{known}。")
    return template_in_use(session, form_id)


def _record(
    of_case: PaperSource, source: PaperSource, values: Values, paper: FilledPaper, template: Template
) -> PaperMade:
    return PaperMade(
        form=source.form.form,
        case=of_case.case.number,
        made="",
        by="",
        sha256=paper.sha256,
        number=source.document,
        template_sha256=template.sha256,
        file_name=_file_name(source),
        filled=values_text(values),
        joint=bool(source.companions),
    )


def _made(source: PaperSource, paper: FilledPaper) -> MadePaper:
    return MadePaper(
        case=source.case.number,
        form=source.form.form,
        title=source.form.title,
        document=source.document,
        file_name=_file_name(source),
        data=paper.bytes,
        sha256=paper.sha256,
        unprintable=paper.unprintable,
    )


def _file_name(source: PaperSource) -> str:
    """2026-0312 承办单 市住建局.docx: what it is, for whom; nothing of the citizen."""
    unit = source.assignment.unit if source.assignment is not None else ""
    first, *others = source.together
    number = f"{first.case.number} 等{len(others) + 1}件" if others else first.case.number
    # 退件单 where the regulation calls it so, but no 人民网地方领导留言板咨询事项承办单.
    title = min(source.form.title, PAPERS[source.form.form].title, key=len)
    return portable(f"{number} {title} {unit}".strip() + ".docx")
