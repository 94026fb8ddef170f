"""Whose a returned paper is, what it proposes, what a person should look at, and recording it whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.paper_codes import PaperCode, read_code
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import attachments, case_view, cases, office, papers, registration, returned
from desktop_app.services.returned import ReturnedPaper
from desktop_app.services.session import OfficeClock, Session
from desktop_app.storage.attachments import Attachments
from tests.engines import copy_office, place

TODAY = date(2026, 10, 13)
PASSWORD = "gou-chang-de-mi-ma"
NUMBER, OTHER = "2026-0001", "2026-0002"
CONTENT = b"the file as it came"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """An office with two cases in hand, and its data key."""
    folder = tmp_path_factory.mktemp("office") / "data"
    office.found(place(folder), "甲市运维中心", "tongliao-2023", "王敏", PASSWORD, OfficeClock(TODAY))
    session = office.enter(folder, "王敏", PASSWORD, TODAY)
    office.bring_in_units(session, [Unit("市教育局"), Unit("市公安局")])
    for title in ("路灯不亮", "学校收费"):
        entry = Registration("tongliao-2023", date(2026, 10, 9), "市长板块", Message(title, f"{title}。"))
        number = registration.register_one(session, entry).number
        cases.act(session, number, "accept", {"category": "投诉", "urgency": "一般"}, date(2026, 10, 9))
        cases.act(session, number, "dispatch", {"lead": "市教育局"}, date(2026, 10, 9))
        cases.act(session, number, "receive", {"by": "李伟", "manner": "签收"}, date(2026, 10, 9))
    key = session.database.key
    session.close()
    return folder, key


@pytest.fixture
def session(template: tuple[Path, bytes], tmp_path: Path) -> Iterator[Session]:
    copy_office(template[0], tmp_path / "office")
    opened = office.enter_with_key(tmp_path / "office", "王敏", template[1], TODAY)
    yield opened
    opened.close()


@pytest.fixture
def paper(session: Session) -> ReturnedPaper:
    """The slip of the first case, all of it filled in."""
    source = papers.paper_source(session, NUMBER, "slip")
    return ReturnedPaper(
        codes=(source.code,),
        number=NUMBER,
        document=source.document,
        handling="已现场核查。",
        text="路灯已修复。",
        public=True,
        handler="李伟",
        phone="0475-8211234",
        signer="张平",
        signed=date(2026, 10, 12),
    )


def refused(session: Session, paper: ReturnedPaper) -> str:
    with pytest.raises(Refusal) as caught:
        returned.understand(session, paper, CONTENT)
    return caught.value.code


def doubts(session: Session, paper: ReturnedPaper) -> tuple[str, ...]:
    return returned.understand(session, paper, CONTENT).doubts


# ------------------------------------------------------------------ whose it is, what it says


def test_a_paper_without_a_flaw_leaves_no_doubt(session: Session, paper: ReturnedPaper) -> None:
    found = returned.understand(session, paper, CONTENT)
    assert (found.number, found.title, found.paper.form, found.signed) == (
        NUMBER,
        "路灯不亮",
        "slip",
        paper.signed,
    )
    assert found.doubts == ()
    assert found.keys == {
        "text": "路灯已修复。",
        "handling": "已现场核查。",
        "suggested_public": "yes",
        "signer": "张平",
        "handler": "李伟",
        "phone": "0475-8211234",
    }


def test_without_a_code_both_numbers_must_fit(session: Session, paper: ReturnedPaper) -> None:
    bare = dataclasses.replace(paper, codes=())
    found = returned.understand(session, bare, CONTENT)
    assert found.number == NUMBER and "是按登记号和编号找到的" in found.doubts[0]
    spaced = dataclasses.replace(bare, document=paper.document.replace("〔", " 〔 "), number="２０２６－１")
    assert returned.understand(session, spaced, CONTENT).number == NUMBER
    for wrong in ({"number": OTHER}, {"document": ""}, {"number": ""}, {"number": "第一件"}):
        assert refused(session, dataclasses.replace(bare, **wrong)) == "unknown_case"


def test_a_number_that_is_not_the_codes_is_refused(session: Session, paper: ReturnedPaper) -> None:
    assert refused(session, dataclasses.replace(paper, number=OTHER)) == "code_mismatch"


def test_codes_of_two_cases_in_one_file_are_refused(session: Session, paper: ReturnedPaper) -> None:
    second = papers.paper_source(session, OTHER, "slip").code
    assert refused(session, dataclasses.replace(paper, codes=(*paper.codes, second))) == "code_mismatch"


def test_another_offices_paper_is_refused(session: Session, paper: ReturnedPaper) -> None:
    own = read_code(paper.codes[0])
    assert own is not None
    foreign = str(PaperCode("100000" if own.office != "100000" else "100001", NUMBER, "slip", own.event))
    assert refused(session, dataclasses.replace(paper, codes=(foreign,))) == "code_of_other_office"
    both = dataclasses.replace(paper, codes=(foreign, *paper.codes))
    assert returned.understand(session, both, CONTENT).number == NUMBER


def test_who_may_only_look_reads_nothing(session: Session, paper: ReturnedPaper) -> None:
    session.user = User("赵科长", frozenset((Role.VIEWER,)))
    assert refused(session, paper) == "not_allowed_for_role"


# ------------------------------------------------------------------ doubts


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": ""}, "“回复意见”是空的，内容可能写在“办理情况”里。"),
        ({"signer": ""}, "“主要负责人审签”是空的，按“无”登记，列为补签补章。"),
        ({"public": False}, "勾选了不宜公开，没有写理由。"),
        ({"private_reason": "涉及隐私"}, "勾选了宜公开，却写了不宜公开的理由。"),
        ({"signed": date(2026, 10, 20)}, "审签日期 2026年10月20日 在今天之后。"),
        ({"phone": ""}, "“联系电话”是空的。"),
        ({"document": "别的字号"}, "表里的编号“别的字号”与识别码的"),
        ({"doubts": ("“是否宜公开”没有勾选。",)}, "“是否宜公开”没有勾选。"),
    ],
)
def test_each_flaw_is_told(
    session: Session, paper: ReturnedPaper, changed: dict[str, object], words: str
) -> None:
    (doubt,) = doubts(session, dataclasses.replace(paper, **changed))  # type: ignore[arg-type]
    assert doubt.startswith(words)


def test_a_reason_is_the_regulations_word_where_it_knows_it(session: Session, paper: ReturnedPaper) -> None:
    whole = case_view.view_case(session, NUMBER).regulation.values("private_reason")[0]
    for written, kept in ((whole, whole), ("当事人不愿意", "当事人不愿意")):
        private = dataclasses.replace(paper, public=False, private_reason=written)
        assert returned.understand(session, private, CONTENT).keys["private_reason"] == kept


def test_a_slip_of_a_unit_that_no_longer_has_the_case_is_told(session: Session, paper: ReturnedPaper) -> None:
    cases.act(session, NUMBER, "change-units", {"lead": "市公安局", "reason": "职责调整"}, TODAY)
    (doubt,) = doubts(session, paper)
    assert doubt == "这份承办单是发给市教育局的，本件现由市公安局承办。"


def test_a_case_that_has_its_reply_says_so(session: Session, paper: ReturnedPaper) -> None:
    keys = {**returned.understand(session, paper, CONTENT).keys, "stamped": "no"}
    returned.record(session, NUMBER, keys, CONTENT, "承办单.docx")
    told = doubts(session, paper)
    assert told[0].startswith("这个文件已经在 2026-0001 的附件里")
    assert "待审核" in told[1]


# ------------------------------------------------------------------ recording


def test_the_reply_and_the_file_are_kept_together(session: Session, paper: ReturnedPaper) -> None:
    keys = {**returned.understand(session, paper, CONTENT).keys, "stamped": "yes"}
    recorded = returned.record(session, NUMBER, keys, CONTENT, "承办单.docx", date(2026, 10, 12))
    assert (recorded.done.status, recorded.attachment.kind) == ("待审核", "signed-reply")
    assert attachments.read_attachment(session, NUMBER, recorded.attachment.id) == CONTENT
    view = case_view.view_case(session, NUMBER)
    reply = view.case.reply_in
    assert reply is not None and (reply.text, reply.handling, reply.on) == (
        "路灯已修复。",
        "已现场核查。",
        date(2026, 10, 12),
    )
    event = next(one for one in view.events if one.action == "attach")
    assert event.keys["reply"] == str(recorded.done.event)


@pytest.mark.parametrize("keys", [{"stamped": "no"}, {"stamped": "yes", "signer": "无"}])
def test_without_seal_or_signature_it_is_a_file_like_others(
    session: Session, paper: ReturnedPaper, keys: dict[str, str]
) -> None:
    told = {**returned.understand(session, paper, CONTENT).keys, **keys}
    assert returned.record(session, NUMBER, told, CONTENT, "承办单.docx").attachment.kind == "other"


def test_what_the_rules_refuse_leaves_no_file(session: Session, paper: ReturnedPaper) -> None:
    keys = dict(returned.understand(session, paper, CONTENT).keys)
    with pytest.raises(Refusal) as caught:
        returned.record(session, NUMBER, keys, CONTENT, "承办单.docx")
    assert caught.value.code == "missing_key"
    assert case_view.view_case(session, NUMBER).attachments == ()
    assert list((session.folder / "attachments").glob("*")) == []


def test_a_file_that_cannot_be_kept_leaves_no_reply(
    session: Session, paper: ReturnedPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageProblem("disk_full", "磁盘已满。")

    keys = {**returned.understand(session, paper, CONTENT).keys, "stamped": "no"}
    monkeypatch.setattr(Attachments, "add", full)
    with pytest.raises(StorageProblem):
        returned.record(session, NUMBER, keys, CONTENT, "承办单.docx")
    assert case_view.view_case(session, NUMBER).case.status == "办理中"


def test_only_where_the_regulation_asks_the_stamp_must_be_told(session: Session) -> None:
    assert returned.needs_stamp(session, NUMBER)
