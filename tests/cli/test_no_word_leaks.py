"""A citizen who can be known again goes through everything: no list, sheet, paper, count, message or log names them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.documents.ledger_columns import load_ledgers
from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.paths import resources_folder
from desktop_app.services import regulations
from tests.cli.offices import BOTH, Office, T, X, reply_keys
from tests.sentinels import COLUMNS, NAME, TYPED, leaks_in, typed_into


class Told:
    """An office whose every answer is looked through as it comes."""

    def __init__(self, there: Office) -> None:
        self.there = there
        self.leaks: list[str] = []

    def ok(self, *words: str | Path) -> Any:
        for json_wanted in (True, False) if words[0] in _LOOKS else (True,):
            answer = self.there.call(*words, json_wanted=json_wanted)
            assert answer.code == 0, answer.out or answer.err
            self.look(f"{words[0]} {'json' if json_wanted else 'table'}", answer.out + answer.err)
        return json.loads(self.there.call(*words).out) if words[0] in _LOOKS else json.loads(answer.out)

    def look(self, what: str, shown: str | bytes | Path) -> None:
        self.leaks += [f"{what}: {word}" for word in leaks_in(shown)]

    def act(self, number: str, action: str, on: str, **keys: str) -> None:
        given = typed_into(action, keys)
        self.ok("act", number, action, *(f"{key}={value}" for key, value in given.items()), "--on", on)

    def paper(self, number: str, *forms: str) -> None:
        known = regulations.load(self.there.regulation).forms
        for form in (one for one in forms if one in known and not PAPERS[one].identity):
            file = self.there.folder.parent / f"{form}.docx"
            self.ok("form", number, form, "-o", file)
            self.look(f"form {form}", file)


_LOOKS = ("list", "show", "todo", "duties", "stats", "papers", "actions", "verify", "journal")


def tell_it_all(told: Told) -> str:
    """A case from the sheet to the file, with the citizen's words typed into every field that takes any."""
    there = told.there
    sheet = there.sheet([{**COLUMNS, "收件日期": "2026-09-18"}])
    number = str(told.ok("import", sheet)["numbers"][0])
    told.act(number, "accept", "2026-09-18", category="投诉", topic="路灯")
    told.act(number, "assess", "2026-09-18", demand="合理")
    told.act(number, "dispatch", "2026-09-19", lead="教育局")
    told.act(number, "receive", "2026-09-21", manner="签收", by="韦科员")
    told.paper(number, "slip-anonymous", "deadline-note")
    told.act(number, "complained-of", "2026-09-21", kind="投诉", unit="教育局")
    told.act(number, "contact", "2026-09-21", when="办前", channel="电话")
    told.act(number, "return", "2026-09-21", signer="钱副局", suggested_unit="住建局", basis="三定")
    told.act(number, "refuse-return", "2026-09-22")
    told.act(number, "apply-extension", "2026-09-23", days="2", applicant="雷局长")
    levels = ["交办单位"] if there.regulation == X else ["承办单位主要负责人", "交办单位"]
    for level in levels:
        told.act(number, "approve-extension", "2026-09-23", level=level, by="主任")
    told.act(number, "remind", "2026-09-24", to="雷局长", channel="电话", by="王敏")
    told.act(number, "urge", "2026-09-25", to="甲市教育局", channel="书面", by="王敏")
    told.act(number, "serve", "2026-09-25", paper="urge", manner="当面", received_by="韦科员")
    told.act(number, "instruct", "2026-09-25", leader="市长", principal="yes")
    told.act(
        number,
        "supervise",
        "2026-09-25",
        to="甲市教育局",
        ground="敷衍塞责",
        feedback="书面",
        copies="督查室",
    )
    told.act(number, "mark-major", "2026-09-25")
    told.act(number, "investigate", "2026-09-26", by="督查室", units="教育局")
    told.paper(
        number,
        "return",
        "extension",
        "reminder",
        "urge",
        "supervision-letter",
        "supervision-slip",
        "investigation",
    )
    if there.regulation == T:
        told.act(
            number, "transfer", "2026-09-26", to="市纪委监委", decided_by="主任", reported_on="2026-09-26"
        )
        told.paper(number, "transfer-letter", "transfer-report")
    told.act(number, "reply", "2026-09-27", **reply_keys())
    told.act(number, "rework", "2026-09-27", ground="答非所问", due="2026-09-30")
    told.paper(number, "rework")
    told.act(number, "reply", "2026-09-28", **reply_keys())
    told.act(number, "pass-review", "2026-09-28", by="主任", public="yes", public_text="路灯已修好。")
    told.paper(number, "approval")
    if there.regulation == X:
        told.act(number, "sign-off", "2026-09-28", by="秘书长")
    told.act(number, "publish", "2026-09-28", place="留言板")
    told.paper(number, "reply")
    told.act(number, "contact", "2026-09-28", when="办后", channel="电话")
    told.act(number, "follow-up", "2026-09-29", result="满意", channel="电话")
    told.act(number, "feedback", "2026-09-29", to="市长")
    scan = there.folder.parent / f"{NAME}的身份证.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    there.ok("attach", number, scan, "--as", "scan")  # which says back the name it was given
    told.act(number, "close", "2026-09-29")
    told.paper(number, "follow-up", "instruction-report", "file-cover", "file-catalogue", "file-note")
    return number


@pytest.mark.parametrize("regulation", BOTH)
def test_no_answer_sheet_or_paper_names_the_citizen(
    make_office: Any, regulation: str, tmp_path: Path
) -> None:
    there: Office = make_office(regulation)
    told = Told(there)
    number = tell_it_all(told)
    told.ok("list")
    told.ok("show", number)
    told.ok("todo")
    told.ok("stats", "--from", "2026-01-01", "--to", "2026-12-31", "--by", "unit")
    told.ok("papers", "list")
    told.ok("verify")
    told.ok("journal")
    for ledger in load_ledgers(resources_folder() / "regulations" / regulation):
        told.ok("ledger", "--ledger", ledger, "-o", tmp_path / f"{ledger}.xlsx")
        told.look(f"ledger {ledger}", tmp_path / f"{ledger}.xlsx")
    for kind in ("xlsx", "docx"):
        told.ok("papers", "register", "-o", tmp_path / f"register.{kind}")
        told.look(f"issued register {kind}", tmp_path / f"register.{kind}")
    told.ok("bulletin", "--from", "2026-09-01", "--to", "2026-09-30", "-o", tmp_path / "bulletin.docx")
    told.look("bulletin", tmp_path / "bulletin.docx")
    told.ok("suggest", number)
    told.ok("appraisal", "--year", "2026", "-o", tmp_path / "appraisal.xlsx")
    told.look("appraisal", tmp_path / "appraisal.xlsx")
    told.ok("archive", number, "--no-pdf", "-o", tmp_path / "package")
    for path in (tmp_path / "package").rglob("*"):
        told.look(f"name in the package {path.suffix}", path.name)
    for path in (tmp_path / "package").glob("*.*"):
        told.look(f"catalogue {path.name}", path)
    told.ok("archive", "due", "--on", "2090-01-01", "-o", tmp_path / "due.xlsx")
    told.look("list of those whose time is over", tmp_path / "due.xlsx")
    told.ok("journal", "-o", tmp_path / "journal.xlsx")
    told.look("journal as a sheet", tmp_path / "journal.xlsx")
    told.look("logs", there.folder / "logs")
    assert "\n".join(dict.fromkeys(told.leaks)) == ""


@pytest.mark.parametrize("regulation", BOTH)
def test_what_the_rules_refuse_is_said_without_the_citizens_words(make_office: Any, regulation: str) -> None:
    there: Office = make_office(regulation)
    number = there.received(**COLUMNS)
    for action, keys in (
        ("receive", {"manner": TYPED}),
        ("close", {}),
        ("link-duplicate", {"of": "2026-0404"}),
    ):
        answer = there.call("act", number, action, *(f"{key}={value}" for key, value in keys.items()))
        assert answer.code == 1
        assert not leaks_in(answer.out) or action == "receive"  # which only says back what was typed


def test_in_the_clear_the_words_are_there_to_be_found(xizang: Office) -> None:
    number = xizang.received(**COLUMNS)
    shown = xizang.call("show", number, "--reveal", "--reason", "核对")
    assert NAME in leaks_in(shown.out)
