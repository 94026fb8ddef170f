"""Papers that units filled in and sent back as files: whose they are, which reply they hold, and recording it.

What stood in the paper comes from above. Here it becomes the keys of `reply`, with every doubt told; a person
confirms, and the step and the file are kept together or not at all.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.actions import NO, YES
from desktop_app.domain.case import Case
from desktop_app.domain.numbering import parse_register_number
from desktop_app.domain.office_records import Attachment
from desktop_app.domain.paper_codes import read_code
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.rights import Right
from desktop_app.domain.step_reading import required_keys
from desktop_app.domain.wording import long_date
from desktop_app.domain.workflow import check_role, check_state, find_rule
from desktop_app.errors import Refusal
from desktop_app.services import settings_keys
from desktop_app.services.attachments import keep_in
from desktop_app.services.case_loading import Loaded, load_case
from desktop_app.services.cases import Done, act_in
from desktop_app.services.paper_codes import CodedPaper, coded_paper_in
from desktop_app.services.queries import listed_row
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

REPLY = "reply"
UNSIGNED = "无"
"""What stands for a signature that is not there; it becomes an open item (T 第十一条)."""
SIGNED_REPLY, OTHER = "signed-reply", "other"
"""As what the file is kept: with seal and signature the answer itself, else a file like others."""


@dataclass(frozen=True, slots=True)
class ReturnedPaper:
    """What was read in a filled 承办单. Fields are empty, or None, where nothing was understood.

    codes: every text of the shape of a code; number, document: as printed; public: whether 是 or 否 was ticked;
    doubts: what could not be made out, in sentences.
    """

    codes: tuple[str, ...] = ()
    number: str = ""
    document: str = ""
    handling: str = ""
    text: str = ""
    public: bool | None = None
    private_reason: str = ""
    handler: str = ""
    phone: str = ""
    signer: str = ""
    signed: date | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """The case a paper belongs to, the keys of `reply` read in it, and what a person should look at.

    title: of the case, identity covered. Whether the paper is stamped no file can tell: that key is never here.
    """

    paper: CodedPaper
    title: str
    keys: Mapping[str, str]
    doubts: tuple[str, ...]
    signed: date | None = None

    @property
    def number(self) -> str:
        return self.paper.number


@dataclass(frozen=True, slots=True)
class Recorded:
    """The step that was recorded, and the file that was kept with it."""

    done: Done
    attachment: Attachment


def understand(session: Session, paper: ReturnedPaper, content: bytes) -> Understood:
    """Whose the paper is and what it answers; nothing is changed.

    Refusals: those of a code that leads nowhere; `code_mismatch` where the paper's own numbers speak against each
    other, `unknown_case` where it has neither code nor numbers.
    """
    session.require(Right.WORK_ON_CASES)
    with session.read() as work:
        coded, doubts = _whose(work, paper)
        loaded = load_case(work, coded.number)
        doubts += paper.doubts
        if any(one.sha256 == _digest(content) for one in work.attachments.of_case(coded.number)):
            doubts.append(f"这个文件已经在 {coded.number} 的附件里，可能已经登记过。")
        doubts += _of_holder(loaded.case, coded, paper)
        doubts += _of_step(session, loaded)
        keys = _keys(loaded.regulation, paper)
        doubts += _of_fields(loaded.regulation, paper, session.today)
        title = listed_row(loaded.row, loaded.message, session).row.title
    return Understood(coded, title, keys, tuple(dict.fromkeys(doubts)), paper.signed)


def record(
    session: Session,
    number: str,
    keys: Mapping[str, str],
    content: bytes,
    name: str,
    on: date | None = None,
    *,
    seen: int | None = None,
) -> Recorded:
    """Record the reply that a person confirmed, and keep the file with the case; one transaction.

    Refusals as of the step `reply`, with `seen` as there; then neither is there.
    """
    signed = keys.get("stamped") == YES and keys.get("signer", UNSIGNED) != UNSIGNED
    with session.change() as work:
        done = act_in(session, work, number, REPLY, keys, on or session.today, seen=seen)
        facts = {"reply": str(done.event)}
        kind = SIGNED_REPLY if signed else OTHER
        return Recorded(done, keep_in(session, work, done.number, content, name, kind, facts))


def needs_stamp(session: Session, number: str) -> bool:
    """Whether the regulation asks of the reply if it is stamped."""
    with session.read() as work:
        asked = "stamped" in required_keys(load_case(work, number).regulation.actions[REPLY])
    session.require(Right.WORK_ON_CASES)
    return asked


# ------------------------------------------------------------------ whose it is


def _whose(work: Work, paper: ReturnedPaper) -> tuple[CodedPaper, list[str]]:
    """By its code; where that is gone, by register number and document number together."""
    codes = _own(work, paper.codes)
    if not codes:
        return _by_numbers(work, paper), ["文件里没有识别码，是按登记号和编号找到的。"]
    found = [coded_paper_in(work, code) for code in codes]
    numbers = sorted({one.number for one in found})
    if len(numbers) > 1:
        raise Refusal(
            "code_mismatch",
            f"文件里有 {'、'.join(numbers)} 几件的识别码，分不清是哪一件的答复。",
            None,
            "请让承办单位一件一个文件，或在办件详情里登记答复。",
        )
    printed = _register_number(paper.number)
    if printed and printed != found[0].number:
        raise Refusal(
            "code_mismatch",
            f"识别码是 {found[0].number} 的，表里的登记号却是 {printed}。",
            None,
            "可能是在别的件的承办单上改写的；请核对后在办件详情里登记答复。",
        )
    doubts = []
    if paper.document and found[0].document and _plain(paper.document) != _plain(found[0].document):
        doubts.append(f"表里的编号“{paper.document}”与识别码的“{found[0].document}”不同。")
    return found[0], doubts


def _own(work: Work, codes: tuple[str, ...]) -> list[str]:
    """This office's codes; where there are none all, so that they are refused with their reason."""
    office = work.settings.get(settings_keys.OFFICE_CODE)
    own = [code for code in codes if (read := read_code(code)) is not None and read.office == office]
    return own or list(codes)


def _by_numbers(work: Work, paper: ReturnedPaper) -> CodedPaper:
    number = _register_number(paper.number)
    if number and work.cases.get(number) is not None and paper.document:
        case = load_case(work, number).case
        for held in case.assignments:
            if held.number and _plain(held.number) == _plain(paper.document):
                return CodedPaper(number, "slip", held.number, held.event)
    raise Refusal(
        "unknown_case",
        "文件里没有识别码，登记号和编号也对不上登记簿，找不到是哪一件。",
        None,
        "请核对是不是本单位发出的承办单；确实是的，在办件详情里登记答复，把文件存为附件。",
    )


def _register_number(text: str) -> str:
    try:
        return str(parse_register_number(text)) if text else ""
    except Refusal:
        return ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# ------------------------------------------------------------------ what a person should look at


def _of_holder(case: Case, coded: CodedPaper, paper: ReturnedPaper) -> list[str]:
    """A slip may come back from a unit that no longer has the case."""
    theirs = next((one for one in case.assignments if one.event == coded.event), None)
    now = case.open_lead
    if theirs is None or now is None or theirs.event == now.event:
        return []
    if theirs.unit == now.unit:
        return [f"这是 {long_date(theirs.dispatched)} 发给{theirs.unit}的承办单，后来又交办过一次。"]
    return [f"这份承办单是发给{theirs.unit}的，本件现由{now.unit}承办。"]


def _of_step(session: Session, loaded: Loaded) -> list[str]:
    """Why the reply cannot be recorded as things stand, if it cannot."""
    rule = find_rule(loaded.regulation, REPLY)
    try:
        check_role(rule, session.roles)
        check_state(loaded.case, loaded.regulation, rule)
    except Refusal as refusal:
        return [refusal.message]
    return []


def _of_fields(regulation: Regulation, paper: ReturnedPaper, today: date) -> list[str]:
    required = required_keys(regulation.actions[REPLY])
    doubts = []
    if not paper.text:
        doubts.append("“回复意见”是空的" + ("，内容可能写在“办理情况”里。" if paper.handling else "。"))
    if paper.public is False and not paper.private_reason:
        doubts.append("勾选了不宜公开，没有写理由。")
    if paper.public and paper.private_reason:
        doubts.append("勾选了宜公开，却写了不宜公开的理由。")
    if not paper.signer:
        doubts.append(f"“主要负责人审签”是空的，按“{UNSIGNED}”登记，列为补签补章。")
    if paper.signed is not None and paper.signed > today:
        doubts.append(f"审签日期 {long_date(paper.signed)} 在今天之后。")
    doubts += [
        f"“{words}”是空的。"
        for key, words, value in (("handler", "经办人", paper.handler), ("phone", "联系电话", paper.phone))
        if key in required and not value
    ]
    return doubts


def _keys(regulation: Regulation, paper: ReturnedPaper) -> dict[str, str]:
    term = regulation.term("private_reason", paper.private_reason) if paper.private_reason else None
    public = {True: YES, False: NO, None: ""}[paper.public]
    keys = {
        "text": paper.text,
        "handling": paper.handling,
        "suggested_public": public,
        "private_reason": term.value if term is not None else paper.private_reason,
        "signer": paper.signer or UNSIGNED,
        "handler": paper.handler,
        "phone": paper.phone,
    }
    return {name: value for name, value in keys.items() if value}
