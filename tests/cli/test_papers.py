"""`liuyan forms` and `form`: papers of recorded events, one or many, noted on their cases."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.documents import paper_files
from tests.cli.offices import BOTH, Cli, Office, X


def words_of(file: Path) -> str:
    import docx

    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("regulation", BOTH)
def test_the_shape_of_forms(cli: Cli, regulation: str) -> None:
    document = cli("forms", "--regulation", regulation, "--json").document
    assert {one["form"] for one in document} >= {"slip", "slip-anonymous", "supervision-letter"}
    for one in document:
        assert set(one) == {"form", "title", "states", "clauses"}
        assert one["title"] and one["states"]
        assert one["clauses"] or one["form"] == "investigation"  # in Tongliao a rule of the office's own
    everything = cli("forms", "--json").document
    assert {one["form"] for one in everything} >= {one["form"] for one in document}
    assert "承办单" in cli("forms").out


def test_one_paper(both: Office, tmp_path: Path) -> None:
    number = both.dispatched(留言用户="常乐", 联系方式="13904750001")
    file = tmp_path / "新建" / "承办单.docx"
    made = both.ok("form", number, "slip", "-o", file)
    assert set(made) >= {"form", "number", "file", "sha256"}
    assert (made["form"], made["number"], made["file"]) == ("slip", number, str(file))
    assert made["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    words = words_of(file)
    assert "甲市教育局" in words and "常乐" in words and "13904750001" in words
    (paper,) = both.show(number)["papers"]
    assert set(paper) >= {"form", "number", "made", "by", "sha256"}
    assert (paper["form"], paper["by"], paper["sha256"]) == ("slip", "王敏", made["sha256"])
    assert paper["number"] == both.show(number)["assignments"][0]["document"] == made["document"]
    assert both.show(number)["events"][-1]["action"] == "paper"
    both.verified()


def test_a_slip_without_identity_tells_nobody_who_wrote(both: Office, tmp_path: Path) -> None:
    text = "我叫常乐，电话13904750001，请尽快修路灯。"
    number = both.dispatched(留言用户="常乐", 联系方式="13904750001", 留言详情=text)
    file = tmp_path / "slip.docx"
    both.ok("form", f"board:{both.show(number)['board_number']}", "slip-anonymous", "-o", file)
    with zipfile.ZipFile(file) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "ignore")
    assert "常乐" not in everything and "13904750001" not in everything and "修路灯" in everything


def test_the_anonymous_slip_hides_the_citizen_in_what_was_typed_since(both: Office, tmp_path: Path) -> None:
    number = both.accepted(留言用户="常乐", 联系方式="13904750001")
    named = "常乐（13904750001）反映的路灯"
    both.act(number, "dispatch", "2026-09-19", lead="教育局", opinion=f"请核实{named}。")
    both.act(number, "receive", "2026-09-19", by="孙科")
    both.act(number, "contact", "2026-09-20", when="办前", channel="电话", result=f"已问过{named}。")
    both.act(
        number, "reply", "2026-09-22", text=f"{named}已修好，电话0475-8212345。", signer="张局", stamped="yes",
        handler="孙科", phone="0475-8212345",
    )  # fmt: skip
    both.ok("form", number, "slip-anonymous", "-o", tmp_path / "anonymous.docx")
    hidden = words_of(tmp_path / "anonymous.docx")
    assert "常乐" not in hidden and "13904750001" not in hidden
    assert "已修好" in hidden and "0475-8212345" in hidden
    both.ok("form", number, "slip", "-o", tmp_path / "slip.docx")
    whole = words_of(tmp_path / "slip.docx")
    assert all(words in whole for words in (f"请核实{named}", f"已问过{named}", f"{named}已修好"))


def test_no_paper_is_ahead_of_its_event(both: Office, tmp_path: Path) -> None:
    number = both.accepted()
    clauses = {
        "slip": ("第五条（一）", "第九条"),
        "reminder": ("第五条（四）", "第十三条"),
        "urge": ("第五条（四）", "第十九条"),
        "supervision-letter": ("第五条（四）", "第十九条"),
    }
    for form, (xizang, tongliao) in clauses.items():
        refusal = both.refused("form", number, form, "-o", tmp_path / "paper.docx")
        assert refusal == ("form_not_available", xizang if both.regulation == X else tongliao)
    assert not (tmp_path / "paper.docx").exists()
    assert both.show(number)["papers"] == []
    both.act(number, "dispatch", "2026-09-19", lead="教育局")
    both.act(number, "supervise", "2026-09-28", to="甲市教育局", ground="领导批示")
    made = both.ok("form", number, "supervision-letter", "-o", tmp_path / "letter.docx")
    assert "督〔2026〕1号" in made["document"]
    assert "甲市教育局" in words_of(tmp_path / "letter.docx")


def test_forms_and_their_rights(both: Office, tmp_path: Path) -> None:
    number = both.dispatched()
    wanted = ("form", number, "slip", "-o", tmp_path / "slip.docx")
    for user in ("钱领导", "孙管理"):
        assert both.refused(*wanted, user=user)[0] == "not_allowed_for_role"
    assert both.refused("form", number, "invitation", "-o", tmp_path / "x.docx")[0] == "unknown_value"
    assert both.ok(*wanted, user="李审核")["form"] == "slip"
    assert both.show(number)["papers"][0]["by"] == "李审核"


def test_no_paper_of_an_accusation_goes_to_the_accused(both: Office, tmp_path: Path) -> None:
    number = both.dispatched("教育局")
    both.act(number, "complained-of", "2026-09-20", kind="检举", unit="教育局")
    refusal = both.refused("form", number, "slip-anonymous", "-o", tmp_path / "slip.docx")
    assert refusal == ("unit_complained_of", "第六条" if both.regulation == X else None)


def test_many_papers_one_file_each(both: Office, tmp_path: Path) -> None:
    numbers = [both.dispatched(lead) for lead in ("教育局", "住建局", "交通局")]
    made = both.ok("form", "--batch", "slip", *numbers, "-o", tmp_path / "out")
    assert [one["number"] for one in made] == numbers
    assert sorted(Path(one["file"]).name for one in made) == sorted(
        file.name for file in (tmp_path / "out").iterdir()
    )
    for one in made:
        assert one["sha256"] == hashlib.sha256(Path(one["file"]).read_bytes()).hexdigest()
        assert both.show(one["number"])["papers"][0]["sha256"] == one["sha256"]


def test_many_papers_in_one_file(both: Office, tmp_path: Path) -> None:
    numbers = [both.dispatched(lead) for lead in ("教育局", "住建局")]
    file = tmp_path / "all.docx"
    made = both.ok("form", "--merge", file, "slip", *numbers)
    assert {one["file"] for one in made} == {str(file)}
    assert {one["sha256"] for one in made} == {hashlib.sha256(file.read_bytes()).hexdigest()}
    words = words_of(file)
    assert "甲市教育局" in words and "甲市住房和城乡建设局" in words
    for one in made:
        assert both.show(one["number"])["papers"][0]["sha256"] == one["paper_sha256"]


def test_many_papers_are_made_all_or_none(both: Office, tmp_path: Path) -> None:
    number, undispatched = both.dispatched(), both.accepted()
    out = tmp_path / "out"
    refusal = both.refused("form", "--batch", "slip", number, undispatched, "-o", out)
    assert refusal[0] == "form_not_available"
    assert both.refused("form", "--batch", "slip", number, "2026-0404", "-o", out)[0] == "unknown_case"
    assert both.show(number)["papers"] == [] and not out.exists()


def test_a_pdf_is_told_by_its_own_digest(
    tongliao: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_pdf(paper: Path, folder: Path, home: object, archival: bool) -> Path:
        assert paper.suffix == ".docx" and archival
        made = folder / "paper.pdf"
        made.write_bytes(b"%PDF-1.7 paper")
        return made

    from desktop_app.documents import paper_runs

    monkeypatch.setattr(paper_runs, "to_pdf", to_pdf)
    number = tongliao.dispatched()
    made = tongliao.ok("form", number, "slip", "-o", tmp_path / "slip.pdf")
    assert (tmp_path / "slip.pdf").read_bytes() == b"%PDF-1.7 paper"
    assert made["sha256"] == hashlib.sha256(b"%PDF-1.7 paper").hexdigest()
    assert tongliao.show(number)["papers"][0]["sha256"] == made["paper_sha256"] != made["sha256"]


def test_a_batch_for_the_archive(tongliao: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.documents import paper_runs

    def all_to_pdf(
        papers: list[Path], folder: Path, home: object, archival: bool, progress: object
    ) -> list[Path]:
        assert archival
        for paper in papers:
            paper.with_suffix(".pdf").write_bytes(b"%PDF-1.7 " + paper.stem.encode())
        return [paper.with_suffix(".pdf") for paper in papers]

    monkeypatch.setattr(paper_runs, "all_to_pdf", all_to_pdf)
    numbers = [tongliao.dispatched(lead) for lead in ("教育局", "住建局")]
    made = tongliao.ok("form", "--batch", "--pdf", "slip", *numbers, "-o", tmp_path / "out")
    assert [Path(one["file"]).read_bytes() for one in made] == [b"%PDF-1.7 0", b"%PDF-1.7 1"]
    assert all(Path(one["file"]).name.startswith(f"{one['number']} 承办单") for one in made)
    for one in made:
        assert tongliao.show(one["number"])["papers"][0]["sha256"] == one["paper_sha256"]
    answer = tongliao.call("form", "--merge", tmp_path / "all.pdf", "--pdf", "slip", *numbers)
    assert answer.code == 2


def test_a_paper_that_cannot_be_saved_is_not_on_record(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.dispatched()
    (tmp_path / "file").write_text("in the way")
    for words in (
        ("form", number, "slip", "-o", tmp_path / "file" / "slip.docx"),
        ("form", "--batch", "slip", number, "-o", tmp_path / "file"),
        ("form", "--merge", tmp_path / "file" / "all.docx", "slip", number),
    ):
        answer = tongliao.call(*words)
        assert (answer.code, answer.error["code"]) == (2, "file_not_writable")
    assert tongliao.show(number)["papers"] == []


def test_half_a_paper_is_never_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.errors import StorageProblem

    file = tmp_path / "slip.docx"
    paper_files.save_bytes(b"first", file)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(paper_files.os, "fsync", full)
    with pytest.raises(StorageProblem) as problem:
        paper_files.save_bytes(b"second", file)
    assert problem.value.code == "file_not_writable"
    assert file.read_bytes() == b"first" and list(tmp_path.iterdir()) == [file]


def test_templates_are_proved(cli: Cli, tmp_path: Path) -> None:
    assert cli("forms", "check", paths.forms_folder(), "--json").document == {"ok": True, "faults": []}
    (tmp_path / "slip.docx").write_bytes(b"no package")
    answer = cli("forms", "check", tmp_path, "--json")
    assert answer.code == 1
    (fault,) = answer.document["faults"]
    assert set(fault) == {"file", "place", "reason"} and fault["file"] == "slip.docx"
    assert "slip.docx" in cli("forms", "check", tmp_path).out


def test_faces_are_told_with_what_stands_in(cli: Cli) -> None:
    document = cli("forms", "fonts", "--json").document
    assert set(document) == {"fonts"}
    assert {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"} == set(document["fonts"])
    for told in document["fonts"].values():
        assert set(told) == {"present", "instead", "use"}
        assert not (told["present"] and told["instead"])
    assert "仿宋_GB2312" in cli("forms", "fonts").out
    assert cli("forms", "fonts", "more").code == 2


def test_an_office_s_own_template_wins(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.dispatched()
    own = tongliao.folder / "forms" / "slip.docx"
    own.parent.mkdir()
    own.write_bytes(b"no package")
    answer = tongliao.call("form", number, "slip", "-o", tmp_path / "slip.docx")
    assert (answer.code, answer.error["code"]) == (2, "bad_data")
    assert "slip.docx" in answer.error["message"]
    assert tongliao.show(number)["papers"] == []
