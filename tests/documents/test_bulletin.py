"""A bulletin read back from its file: each figure is what a second count of the journal gives, and nobody is given away."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from desktop_app.documents import chart_faces
from desktop_app.documents.bulletin_run import bulletin_again, draft_bulletin, issue_bulletin
from desktop_app.documents.docx_package import read_parts, unpack
from desktop_app.documents.papers.bulletin import BY_REGISTER, DRAFT
from desktop_app.domain.figures import RANKING_MINIMUM
from desktop_app.domain.privacy import masked_text
from desktop_app.errors import BadData, Refusal
from desktop_app.paths import forms_folder
from desktop_app.services import bulletins, issued_bulletins, office_duties, verification
from desktop_app.services.cases import act
from desktop_app.services.session import Session
from tests.services.year_offices import ALL_THREE, END, office_of_a_year
from tests.services.year_recount import Recount, Tale

WHOLE = (date(2026, 1, 1), END)
THIRD_QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
NO_CASE = (date(2025, 1, 1), date(2025, 3, 31))


@pytest.fixture(scope="module", params=ALL_THREE)
def session(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with office_of_a_year(tmp_path_factory.mktemp("year"), request.param, 130) as opened:
        yield opened


def one_day(session: Session) -> tuple[date, date]:
    """A day on which one message alone came in."""
    with session.read() as work:
        days = Counter(row.received for row in work.cases.all())
    return next((day, day) for day, count in sorted(days.items()) if count == 1)


def tales(session: Session, span: tuple[date, date]) -> list[Tale]:
    with session.read() as work:
        recount = Recount(session.default_regulation(work), session.calendar(), END)
        told = [recount.tale(number, events) for number, events in work.journal.by_case()]
    return [one for one in told if span[0] <= one.received <= span[1]]


def made(session: Session, span: tuple[date, date], folder: Path, order: str = "figure") -> Any:
    draft_bulletin(session, *span, folder / "通报.docx", order)
    return docx.Document(str(folder / "通报.docx"))


def text_of(document: Any) -> str:
    return "\n".join(one.text for one in document.paragraphs)


def number_in(text: str, pattern: str) -> int:
    """The number at `#` of a sentence; 0 where the sentence is not there."""
    found = re.search(pattern.replace("#", r"(\d+)"), text)
    return int(found[1]) if found else 0


def table(document: Any, head: str) -> list[dict[str, str]]:
    """The rows of the table whose head has that word in it, by column."""
    for one in document.tables:
        names = [cell.text for cell in one.rows[0].cells]
        if head in names:
            return [dict(zip(names, (cell.text for cell in row.cells), strict=True)) for row in one.rows[1:]]
    raise AssertionError(head)


def percent(part: int, whole: int) -> str:
    """The same rule by another way: to a tenth, half up, and never all or nothing where it is not."""
    if not whole:
        return "—"
    from decimal import ROUND_HALF_UP, Decimal

    tenth = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if part < whole:
        tenth = min(tenth, Decimal("99.9"))
    if part:
        tenth = max(tenth, Decimal("0.1"))
    return f"{tenth.normalize():f}%"


@pytest.mark.parametrize("span", [WHOLE, THIRD_QUARTER], ids=["year", "quarter"])
def test_every_figure_of_the_text_is_counted_a_second_time(
    session: Session, span: tuple[date, date], tmp_path: Path
) -> None:
    told, text = tales(session, span), text_of(made(session, span, tmp_path))
    happy = happy_words(session)
    replied = [one for one in told if one.hold is not None and one.hold.replied is not None]
    reached = [one for one in told if one.last_follow_up and one.last_follow_up[0] in happy["reached"]]
    satisfied = [one for one in reached if one.last_follow_up and one.last_follow_up[0] in happy["satisfied"]]
    counts = {
        "共收到[^0-9]+#件": len(told),
        "不予受理#件": sum(one.refused for one in told),
        "并案办理的#件": sum(one.merged for one in told),
        "交办#件。": sum(bool(one.holds) for one in told),
        "已报来答复#件": len(replied),
        "其中按期答复#件": sum(not one.hold.late for one in replied if one.hold is not None),
        "；逾期答复#件": sum(one.hold.late for one in replied if one.hold is not None),
        "公开答复#件": sum(one.published for one in told),
        "直接答复本人#件": sum(one.private for one in told),
        "办结#件。": sum(one.closed for one in told),
        "回访联系上#件": len(reached),
        "批准延期#件": sum(any(hold.extended for hold in one.holds) for one in told),
        "同意退件#件": sum(any(hold.returned for hold in one.holds) for one in told),
        "(?<!被)退回重办#件": sum(bool(one.reworks) for one in told),
        "苗头性、倾向性问题的#件，": sum(one.trend for one in told),
    }
    assert {pattern: number_in(text, pattern) for pattern in counts} == counts
    late = sum(any(hold.late for hold in one.holds) for one in told)
    assert number_in(text, "个单位、#件：") in (0, late)
    on_time = counts["其中按期答复#件"]
    if replied:
        assert f"按期答复率{percent(on_time, len(replied))}（{on_time}/{len(replied)}）" in text
    assert f"满意率{percent(len(satisfied), len(reached))}（{len(satisfied)}/{len(reached)}）" in text
    for action, words in (("remind", "提醒单"), ("urge", "催办单"), ("supervise", "督办文书")):
        papers = {(number or (one.number, place)) for one in told for place, (what, _, _, number) in
                  enumerate(one.pressed) if what == action}  # fmt: skip
        cases = sum(any(what == action for what, _, _, _ in one.pressed) for one in told)
        assert (f"{words}{len(papers)}份（涉及{cases}件）" in text) is bool(papers)


def happy_words(session: Session) -> dict[str, set[str]]:
    with session.read() as work:
        terms = session.default_regulation(work).vocabularies["follow_up_result"]
    return {flag: {one.value for one in terms if flag in one.flags} for flag in ("reached", "satisfied")}


@pytest.mark.parametrize("span", [WHOLE, THIRD_QUARTER], ids=["year", "quarter"])
def test_every_line_of_the_units_is_counted_a_second_time(
    session: Session, span: tuple[date, date], tmp_path: Path
) -> None:
    told, rows = tales(session, span), table(made(session, span, tmp_path), "按期率")
    units = {hold.unit for one in told for hold in one.holds}
    assert {row["单位"] for row in rows} == units
    happy = happy_words(session)
    for row in rows:
        name = row["单位"]
        led = [one for one in told if any(hold.unit == name for hold in one.holds)]
        own = [one for one in told if one.hold is not None and one.hold.unit == name]
        replied = [one for one in own if one.hold is not None and one.hold.replied is not None]
        on_time = [one for one in replied if one.hold is not None and not one.hold.late]
        reached = [one for one in own if one.last_follow_up and one.last_follow_up[0] in happy["reached"]]
        content = [
            one for one in reached if one.last_follow_up and one.last_follow_up[0] in happy["satisfied"]
        ]
        holds = [[hold for hold in one.holds if hold.unit == name] for one in led]
        assert row == {
            "名次": row["名次"],
            "单位": name,
            "承办": str(len(led)),
            "已答复": str(len(replied)),
            "按期": str(len(on_time)),
            "按期率": percent(len(on_time), len(replied)),
            "逾期": str(sum(any(hold.late for hold in some) for some in holds)),
            "延期": str(sum(any(hold.extended for hold in some) for some in holds)),
            "退件": str(sum(any(hold.returned for hold in some) for some in holds)),
            "重办": str(sum(any(hold.reworked for hold in some) for some in holds)),
            "催办": str(sum(pressed(one, "urge", name) for one in told)),
            "督办": str(sum(pressed(one, "supervise", name) for one in told)),
            "满意率": percent(len(content), len(reached)),
        }
        assert (row["名次"] == "—") or len(replied) >= RANKING_MINIMUM
    counts = [int(row["承办"]) for row in rows]
    assert counts == sorted(counts, reverse=True)


def pressed(tale: Tale, action: str, unit: str) -> bool:
    return any((what, whom) == (action, unit) for what, whom, _, _ in tale.pressed)


def test_sorts_and_topics_are_counted_a_second_time(session: Session, tmp_path: Path) -> None:
    told, document = tales(session, WHOLE), made(session, WHOLE, tmp_path)
    rows = table(document, "占比")
    by = Counter(one.category or "尚未分类" for one in told)
    assert {row["类别"]: int(row["收到"]) for row in rows} == by
    assert {row["类别"]: row["占比"] for row in rows} == {
        name: percent(count, len(told)) for name, count in by.items()
    }
    topics = Counter(one.topic for one in told if one.topic)
    hot = re.search(r"反映较多的话题依次为：(.+?)。", text_of(document))
    assert hot is not None
    named = re.findall(r"([^，]+?)(\d+)件（占", hot[1])
    assert all(topics[name] == int(count) for name, count in named)
    assert [int(count) for _, count in named] == sorted(topics.values(), reverse=True)[: len(named)]


def test_problems_are_named_with_their_counts(session: Session, tmp_path: Path) -> None:
    told, rows = tales(session, WHOLE), table(made(session, WHOLE, tmp_path), "催办无果")
    late: Counter[str] = Counter()
    again: Counter[str] = Counter()
    for one in told:
        late.update({hold.unit for hold in one.holds if hold.late})
        again.update({hold.unit for hold in one.holds if hold.reworked})
    assert {row["承办单位"]: int(row["逾期"]) for row in rows if row["逾期"] != "0"} == late
    assert {row["承办单位"]: int(row["退回重办"]) for row in rows if row["退回重办"] != "0"} == again


def test_a_period_without_a_case_has_no_sentence_that_is_wrong(session: Session, tmp_path: Path) -> None:
    document = made(session, NO_CASE, tmp_path)
    text = text_of(document)
    assert "2025年第一季度" in text and "本期没有收到" in text
    assert not re.search(r"(?<!\d)0件|—%|None|nan|\{\{", text)
    assert {row["单位"] for row in table(document, "按期率")} == {"（本期没有）"}
    assert "图1" not in text and not document.inline_shapes


def test_a_period_of_one_case(session: Session, tmp_path: Path) -> None:
    span = one_day(session)
    text = text_of(made(session, span, tmp_path))
    assert re.search("本期共收到[^0-9]+1件", text)
    assert not re.search(r"(?<!\d)0件|None|nan|依次为", text)
    assert "不作排名" in text or "没有承办单位" in text
    assert f"{span[0].year}年{span[0].month}月{span[0].day}日" in text


def test_units_stand_by_figure_or_as_in_the_register(session: Session, tmp_path: Path) -> None:
    rows = table(made(session, WHOLE, tmp_path, BY_REGISTER), "按期率")
    with session.read() as work:
        places = {unit.name: place for place, unit in enumerate(session.units(work))}
    found = [places[row["单位"]] for row in rows]
    assert found == sorted(found)


def test_charts_are_pictures_with_their_captions(session: Session, tmp_path: Path) -> None:
    document = made(session, WHOLE, tmp_path)
    captions = re.findall(r"图(\d)　", text_of(document))
    assert captions == ["1", "2", "3"] == [str(place) for place in range(1, len(document.inline_shapes) + 1)]
    parts = read_parts((tmp_path / "通报.docx").read_bytes())
    pictures = [part for part in parts if part.name.startswith("word/media/")]
    assert len(pictures) == 3 and min(part.size for part in pictures) > 5_000
    for shape in document.inline_shapes:
        assert shape.width.mm == pytest.approx(150, abs=0.5) and 40 < shape.height.mm < 130


# ------------------------------------------------------------------ whom it must not give away


def test_no_citizen_no_reply_and_no_accusation_is_in_it(session: Session, tmp_path: Path) -> None:
    with session.read() as work:
        regulation = session.default_regulation(work)
        rows = [row for row in work.cases.all() if row.lead and row.status == "已归档"]
        messages = work.messages.get_many(row.number for row in work.cases.all())
        replies = {
            event.protected["text"]
            for number, events in work.journal.by_case()
            for event in events
            if event.action == "reply" and "text" in event.protected
        }
    number = rows[0].number
    barred = next(one for one in regulation.vocabularies["complaint_kind"] if "barred" in one.flags).value
    if "instruct" in regulation.actions:
        act(session, rows[1].number, "reopen", {"reason": "补登"}, END)
        act(session, rows[1].number, "instruct", {"leader": "市长", "principal": "no", "text": "请办"}, END)
    act(session, number, "reopen", {"reason": "补登"}, END)
    act(session, number, "complained-of", {"kind": barred, "person": "一名股长"}, END)
    document = made(session, WHOLE, tmp_path)
    text = text_of(document) + "".join(
        cell.text for one in document.tables for row in one.rows for cell in row.cells
    )
    assert number not in text
    for message in messages.values():
        citizen = message.citizen
        assert not citizen.contact or citizen.contact not in text
        # A title without anything covered may stand as it is; what was covered may not.
        if masked_text(message.title, citizen) != message.title:
            assert message.title not in text
    assert not any(reply[:20] in text for reply in replies)


# ------------------------------------------------------------------ issuing


def test_issuing_numbers_freezes_and_settles(session: Session, tmp_path: Path) -> None:
    with session.read() as work:
        rule = session.default_regulation(work).bulletin
    assert rule is not None
    owed = [one.period.text for one in office_duties.duties(session) if one.until is None]
    before = len(issued_bulletins.issued(session))
    first = issue_bulletin(session, *THIRD_QUARTER, tmp_path / "一.docx")
    second = issue_bulletin(session, date(2026, 10, 1), date(2026, 10, 31), tmp_path / "二.docx")
    written = [rule.number.format(year=2026, serial=before + n) for n in (1, 2)]
    assert [first.bulletin.number, second.bulletin.number] == written
    assert written[0] in text_of(docx.Document(str(tmp_path / "一.docx")))
    assert DRAFT in text_of(made(session, THIRD_QUARTER, tmp_path))
    left = [one.period.text for one in office_duties.duties(session) if one.until is None]
    assert left == [one for one in owed if one != "2026-Q3"]
    assert len(first.settled) == len(owed) - len(left)
    then = issued_bulletins.figures_issued(session, first.bulletin.id).total
    assert then.count("received") == len(tales(session, THIRD_QUARTER))
    assert verification.verify(session).problems == ()


def test_what_was_issued_can_be_made_again_to_the_byte(session: Session, tmp_path: Path) -> None:
    issued = issue_bulletin(session, date(2026, 8, 1), date(2026, 8, 31), tmp_path / "印发.docx")
    own = session.folder / "forms" / "bulletin.docx"
    own.parent.mkdir(exist_ok=True)
    try:
        document = docx.Document(str(tmp_path / "印发.docx"))
        document.save(str(own))
        assert bulletin_again(session, issued.bulletin.id, tmp_path / "again.docx") == issued.bulletin.number
    finally:
        own.unlink()
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "印发.docx").read_bytes()


def test_the_offices_own_template_wins(session: Session, tmp_path: Path) -> None:
    own = session.folder / "forms" / "bulletin.docx"
    own.parent.mkdir(exist_ok=True)
    document = docx.Document(str(forms_folder() / "bulletin.docx"))
    heading = next(one for one in document.paragraphs if one.text == "一、总体情况")
    heading.runs[0].text = "本单位自己的一行"
    document.save(str(own))
    try:
        assert "本单位自己的一行" in text_of(made(session, THIRD_QUARTER, tmp_path))
        document.paragraphs[-1].add_run("{{网民姓名}}")
        document.save(str(own))
        with pytest.raises(BadData, match="网民身份信息"):
            made(session, THIRD_QUARTER, tmp_path)
    finally:
        own.unlink()


def test_nothing_stays_of_an_issue_that_fails(session: Session, tmp_path: Path) -> None:
    before = issued_bulletins.issued(session)
    with pytest.raises(Refusal) as refused:
        issue_bulletin(session, date(2026, 12, 1), date(2027, 1, 31), tmp_path / "半.docx")
    assert refused.value.code == "date_in_future"

    def broken(matter: object, number: str) -> bulletins.FilledBulletin:
        return bulletins.FilledBulletin("标题", "00", b"x", "{}", fail)

    def fail() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        bulletins.issue(session, *THIRD_QUARTER, broken)
    assert issued_bulletins.issued(session) == before
    assert list(tmp_path.iterdir()) == []


def test_without_a_chinese_face_a_draft_has_all_but_its_charts(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart_faces, "faces", tuple)
    draft_bulletin(session, *WHOLE, tmp_path / "通报.docx")
    document = docx.Document(str(tmp_path / "通报.docx"))
    assert not document.inline_shapes and document.tables
    assert any("没有中文字体" in one.text for one in document.paragraphs)
    with pytest.raises(Refusal) as refused:
        issue_bulletin(session, *WHOLE, tmp_path / "印发.docx")
    assert refused.value.code == "no_chinese_face" and not (tmp_path / "印发.docx").exists()


def test_a_bulletin_is_a_paper_that_reads_back(session: Session, tmp_path: Path) -> None:
    draft_bulletin(session, *WHOLE, tmp_path / "通报.docx")
    data = (tmp_path / "通报.docx").read_bytes()
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    assert (section.page_width.twips, section.top_margin.twips, section.left_margin.twips) == (
        11906,
        2098,
        1588,
    )
    assert not any(b"{{" in unpack(part) for part in read_parts(data) if part.name.endswith(".xml"))
