"""Every paper of both regulations on the command line: made of recorded steps, never ahead of them."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.services import regulations
from tests.cli.offices import BOTH, Office, T, X, reply_keys


def made(office: Office, number: str, *forms: str) -> None:
    """Each form of the regulation is made, opened again and on record."""
    known = regulations.load(office.regulation).forms
    for form in (one for one in forms if one in known):
        file = office.folder.parent / f"{form}.docx"
        answer = office.ok("form", number, form, "-o", file)
        assert (answer["form"], answer["number"], answer["unprintable"]) == (form, number, [])
        text = "".join(
            cell.text for table in docx.Document(str(file)).tables for row in table.rows for cell in row.cells
        )
        assert "{{" not in text
        assert office.show(number)["papers"][-1]["form"] == form
        numbered = bool(known[form].series)
        assert bool(answer["document"]) is numbered


def levels(office: Office) -> list[str]:
    return ["交办单位"] if office.regulation == X else ["承办单位主要负责人", "交办单位"]


def test_a_case_from_its_dispatch_to_its_file(both: Office) -> None:
    number = both.received(留言用户="常乐", 联系方式="13904750001")
    made(both, number, "slip", "slip-anonymous", "deadline-note")
    progress = {"progress": "已勘查"} if both.regulation == X else {}
    both.act(number, "return", "2026-09-21", reason="不属职责", signer="钱副局")
    both.act(number, "refuse-return", "2026-09-22", reason="属于本单位职责")
    both.act(
        number, "apply-extension", "2026-09-23", days="2", reason="待检测", applicant="雷局长", **progress
    )
    for level in levels(both):
        both.act(number, "approve-extension", "2026-09-23", level=level, by="主任")
    both.act(number, "remind", "2026-09-24", to="雷局长", channel="电话", by="王敏")
    both.act(number, "urge", "2026-09-25", to="甲市教育局", channel="书面", by="王敏")
    both.act(number, "serve", "2026-09-25", paper="urge", manner="当面", received_by="韦科员")
    both.act(number, "instruct", "2026-09-25", leader="市长", principal="yes", text="请抓紧。")
    both.act(number, "supervise", "2026-09-25", to="甲市教育局", ground="敷衍塞责", demands="请即办理。")
    both.act(number, "investigate", "2026-09-26", by="督查室", units="教育局", findings="现场查看。")
    made(
        both,
        number,
        "return",
        "extension",
        "reminder",
        "urge",
        "supervision-letter",
        "supervision-slip",
        "investigation",
    )
    both.act(number, "reply", "2026-09-27", **reply_keys("已转有关科室。"))
    both.act(number, "rework", "2026-09-27", ground="答非所问", due="2026-09-30", opinion="请说明何时修好。")
    made(both, number, "rework")
    both.act(number, "reply", "2026-09-28", **reply_keys())
    both.act(number, "pass-review", "2026-09-28", by="主任", public="yes")
    made(both, number, "approval", "reply")
    if both.regulation == X:
        both.act(number, "sign-off", "2026-09-28", by="秘书长")
    both.act(number, "publish", "2026-09-28", place="留言板")
    both.act(number, "follow-up", "2026-09-29", result="满意", channel="电话")
    both.act(number, "feedback", "2026-09-29", to="市长", text="已修好。")
    both.act(number, "close", "2026-09-29")
    made(both, number, "follow-up", "instruction-report", "file-cover", "file-catalogue", "file-note")
    both.verified()


def test_a_refusal_an_explanation_and_a_direct_answer(both: Office) -> None:
    refused = both.message()
    both.act(refused, "refuse", "2026-09-18", ground="恶意攻击性留言" if both.regulation == X else "司法仲裁",
             explanation="已立案。", suggestion="请参加诉讼。")  # fmt: skip
    made(both, refused, "refusal")
    explained = both.received()
    both.act(explained, "explain", "2026-09-25", consent_by="主任", text="暂时难以解决。")
    made(both, explained, "explanation")
    private = both.reviewed("no")
    both.act(private, "answer-privately", "2026-09-25", by="韦科员", channel="电话")
    made(both, private, "private-answer")


def test_a_transfer_and_its_report(tongliao: Office) -> None:
    number = tongliao.received()
    tongliao.act(number, "urge", "2026-10-09", to="教育局")
    tongliao.act(number, "serve", "2026-10-09", paper="urge", manner="当面")
    tongliao.act(number, "supervise", "2026-10-13", to="教育局", ground="催办无果")
    tongliao.act(
        number, "transfer", "2026-10-20", to="市纪委监委", decided_by="主任", violation="虚报",
        consequences="影响恶劣", reported_on="2026-10-20", evidence="答复材料1份3页",
    )  # fmt: skip
    made(tongliao, number, "transfer-letter", "transfer-report")


def test_a_private_reply_never_reaches_the_public_paper(both: Office, tmp_path: Path) -> None:
    number = both.reviewed("no")
    refusal = both.refused("form", number, "reply", "-o", tmp_path / "reply.docx")
    assert refusal == ("reply_not_public", "第五条（三）" if both.regulation == X else "第十八条")
    assert not (tmp_path / "reply.docx").exists()


def test_no_paper_of_an_accusation_is_made_for_the_accused(both: Office, tmp_path: Path) -> None:
    number = both.dispatched("教育局")
    both.act(number, "remind", "2026-09-20", to="教育局")
    both.act(number, "complained-of", "2026-09-20", kind="检举", unit="教育局")
    for form in ("slip", "reminder"):
        assert both.refused("form", number, form, "-o", tmp_path / "x.docx")[0] == "unit_complained_of"
    assert both.ok("form", number, "deadline-note", "-o", tmp_path / "note.docx")["document"] is None


@pytest.mark.parametrize("regulation", BOTH)
def test_a_paper_whose_step_is_not_recorded_is_not_made(
    regulation: str, make_office: object, tmp_path: Path
) -> None:
    office: Office = make_office(regulation)  # type: ignore[operator]
    number = office.message()
    for form in regulations.load(regulation).forms:
        if form in PAPERS:
            refusal = office.refused("form", number, form, "-o", tmp_path / "x.docx")
            assert refusal[0] == "form_not_available", form


def test_tongliao_alone_transfers() -> None:
    assert {"transfer-letter", "transfer-report", "supervision-slip"} <= set(regulations.load(T).forms)
    assert not {"transfer-letter", "transfer-report"} & set(regulations.load(X).forms)
