"""A life at the office: random acts of every kind, one after the other, each told before it begins and after it is done.

What is told afterwards is acknowledged: from then on it may never be lost (`kill_harness`).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from desktop_app.documents.message_files import bring_in_file
from desktop_app.documents.paper_runs import make_file
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.errors import LiuyanError, Refusal
from desktop_app.services import (
    attachments,
    backups,
    cases,
    data_key,
    drafts,
    holidays,
    intake,
    office,
    papers,
    pressure,
    registration,
    restoration,
    spoiled_papers,
)
from desktop_app.services.holidays import Given
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T

TODAY = date(2026, 10, 30)
UNIT = "教育局"

Promise = dict[str, Any]
Tell = Callable[[tuple[Any, ...]], None]
Entry = tuple[int, str, str | None]
"""An event as it is compared: its number, action and case."""

_REPLY = {
    "text": "已更换灯具并恢复照明。",
    "signer": "雷局长",
    "stamped": "yes",
    "handler": "韦科员",
    "phone": "0475-0000104",
}
_STEPS: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "待初审": (
        ("accept", {"category": "投诉"}),
        ("accept", {"category": "咨询", "urgency": "加急"}),
        ("refuse", {"ground": "司法仲裁", "explanation": "已由法院判决。", "suggestion": "可依法上诉。"}),
    ),
    "待交办": (("dispatch", {"lead": UNIT, "opinion": "请核查。"}), ("dispatch", {"lead": "住建局"})),
    "待签收": (("receive", {"manner": "签收"}),),
    "办理中": (
        ("reply", _REPLY),
        ("urge", {"to": UNIT, "channel": "传真"}),
        ("remind", {"to": UNIT, "channel": "电话"}),
        ("contact", {"when": "办前", "channel": "电话", "result": "说明情况"}),
        ("mark-major", {"reason": "牵涉面广"}),
        ("serve", {"paper": "slip", "manner": "系统"}),
    ),
    "待审核": (
        ("pass-review", {"by": "主任", "public": "yes"}),
        ("pass-review", {"by": "主任", "public": "no", "private_reason": "个人隐私"}),
        ("rework", {"ground": "答非所问", "due": "2026-11-05"}),
    ),
    "待公开": (("publish", {"place": "留言板"}), ("answer-privately", {"by": "韦科员", "channel": "电话"})),
    "已回复": (("follow-up", {"result": "满意", "channel": "电话"}), ("close", {})),
    "不予受理": (("tell-refusal", {"channel": "电话"}), ("close", {})),
    "待归档": (("archive", {"retention": "10年"}),),
    "已归档": (("reopen", {"reason": "又有反映", "to": "待交办"}),),
}
_NOTICE = "2027-made-up.txt"
_NOTICES = Path(__file__).parents[1] / "data" / "notices"


@dataclass
class Life:
    """One run of the program on an office. `out` is where papers and sheets go."""

    session: Session
    chance: Random
    out: Path
    promise: Callable[[Promise], None] = field(default=lambda _: None)

    def case(self) -> CaseRow:
        """Any of the register's newest cases."""
        with self.session.read() as work:
            rows = work.cases.page(CaseQuery(descending=True)).rows
        return self.chance.choice(rows)

    def message(self) -> Message:
        mark = self.chance.randrange(10**9)
        citizen = Citizen(f"常{mark % 97}", f"139{mark:08d}"[:11])
        return Message(f"第 {mark} 条：路灯不亮", f"{mark}，路灯坏了半个月。" * 5, citizen, str(mark))


def _register(life: Life) -> Promise:
    given = Registration(T, TODAY - timedelta(days=life.chance.randrange(40)), "市长板块", life.message())
    life.promise({"events": 1})
    return {"case": registration.register_one(life.session, given).number}


def _import(life: Life) -> Promise:
    rows = life.chance.randint(2, 9)
    sheet = life.out / f"{life.chance.randrange(10**9)}.csv"
    with sheet.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("留言编号", "留言主题", "留言详情", "收件日期"))
        for message in (life.message() for _ in range(rows)):
            writer.writerow((message.board_number, message.title, message.text, "2026-10-08"))
    life.promise({"events": 1 + rows})
    brought = bring_in_file(life.session, sheet)
    sheet.unlink()
    return {"batch": brought.batch}


def _undo_import(life: Life) -> Promise:
    life.promise({})
    intake.undo(life.session, life.chance.randint(1, 4))
    return {}


def _step(life: Life) -> Promise:
    row = life.case()
    action, keys = life.chance.choice(_STEPS.get(row.status, (("assess", {"note": "再看看"}),)))
    life.promise({"case": row.number})
    on = TODAY if life.chance.random() < 0.7 else row.received
    return {"event": cases.act(life.session, row.number, action, keys, on).event}


def _correct(life: Life) -> Promise:
    row = life.case()
    with life.session.read() as work:
        event = life.chance.choice(work.journal.of_case(row.number))
    life.promise({"case": row.number})
    cases.act(life.session, row.number, "correct", {"event": str(event.id), "reason": "登错了"})
    return {}


def _press(life: Life) -> Promise:
    with life.session.read() as work:
        rows = work.cases.page(CaseQuery(status="办理中")).rows
    chosen = [row.number for row in rows if row.lead and UNIT in row.lead][:4]
    if not chosen:
        raise Refusal("unknown_case", "没有可催办的件。")
    life.promise({"events": len(chosen)})
    pressure.press_many(life.session, chosen, "urge", {"to": UNIT})
    return {}


def _void_number(life: Life) -> Promise:
    with life.session.read() as work:
        issued = work.issued.all()
    if not issued:
        raise Refusal("unknown_value", "没有文号。")
    life.promise({})
    spoiled_papers.void(life.session, life.chance.choice(issued).text, "印坏了")
    return {}


def _paper(life: Life) -> Promise:
    row = life.case()
    forms = papers.available_forms(life.session, row.number)
    if not forms:
        raise Refusal("form_not_available", "没有可制作的文书。")
    target = life.out / f"{life.chance.randrange(10**9)}.docx"
    life.promise({"file": str(target), "case": row.number})
    made = make_file(life.session, [row.number], life.chance.choice(forms).form, target)
    return {"file": str(target), "sha256": made.made[0].sha256}


def _attach(life: Life) -> Promise:
    row = life.case()
    content = life.chance.randbytes(life.chance.choice((100, 5_000, 80_000)))
    file = life.out / "扫描件.pdf"
    file.write_bytes(content)
    life.promise({"events": 1})
    kept = attachments.attach(life.session, row.number, file, life.chance.choice(("scan", "signed-reply")))
    return {"attachment": kept.id, "sha256": hashlib.sha256(content).hexdigest()}


def _draft(life: Life) -> Promise:
    place = (life.case().number, life.chance.choice(("reply", "dispatch")))
    text = str(life.chance.randrange(10**9))
    life.promise({"draft": place, "text": text})
    drafts.keep_draft(life.session, *place, {"text": text})
    return {"draft": place, "text": text}


def _back_up(life: Life) -> Promise:
    life.promise({"events": 1})
    made = backups.back_up(life.session)
    return {"backup": made.file.name}


def _preview_restore(life: Life) -> Promise:
    known = backups.known_backups(life.session)
    if not known:
        raise Refusal("unknown_value", "没有备份。")
    life.promise({})
    restoration.preview_of_own(life.session, known[0].file)
    return {}


def _notice(life: Life) -> Promise:
    life.promise({})
    try:
        holidays.withdraw(life.session, holidays.last_entered(life.session, 2027))
    except Refusal:
        text = (_NOTICES / _NOTICE).read_text(encoding="utf-8")
        holidays.enter(life.session, Given(text, _NOTICE))
    return {}


def _renew_key(life: Life) -> Promise:
    renew = data_key.ready(life.session)
    folder = life.session.folder
    life.promise({})
    life.session.close()
    renew()
    life.session = office.enter(folder, FIRST, PASSWORD, TODAY)
    return {}


ACTS: dict[str, tuple[int, Callable[[Life], Promise]]] = {
    "register": (12, _register),
    "import": (4, _import),
    "undo import": (1, _undo_import),
    "step": (60, _step),
    "correct": (4, _correct),
    "press": (3, _press),
    "void number": (2, _void_number),
    "paper": (8, _paper),
    "attach": (8, _attach),
    "draft": (6, _draft),
    "back up": (2, _back_up),
    "preview restore": (1, _preview_restore),
    "notice": (1, _notice),
    "renew key": (1, _renew_key),
}
"""How often each comes, and what it does."""

OF_A_FILE = frozenset(("preview restore", "renew key"))
"""What an office on a server knows no need of."""


def live(
    folder: Path, out: Path, seed: int, tell: Tell, arm: Callable[[Session, Random], None], acts: int
) -> None:
    """Enter as the program does, and act: ("will", name, promise) before an act changes anything, ("did", name, what,
    events) once it has come back, ("refused", name) where the rules did not allow it."""
    chance = Random(seed)
    tell(("will", "enter", {}))
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    last = _last(session)
    tell(("did", "enter", {}, None))
    arm(session, chance)
    elsewhere = OF_A_FILE if session.database.on_server else frozenset()
    names = [name for name in ACTS if name not in elsewhere]
    weights = [ACTS[name][0] for name in names]
    life = Life(session, chance, out)
    for name in chance.choices(names, weights, k=acts):
        life.promise = lambda promise, name=name: tell(("will", name, promise))  # type: ignore[misc]
        try:
            done = ACTS[name][1](life)
        except LiuyanError as error:
            if not isinstance(error, Refusal):
                raise
            tell(("refused", name))
            continue
        entered = entries_since(life.session, last)
        last = entered[-1][0] if entered else last
        tell(("did", name, done, entered))
    tell(("end",))


def entries_since(session: Session, event: int) -> list[Entry]:
    """What the journal holds after that event."""
    with session.read() as work:
        return [(one.id, one.action, one.case) for one in work.journal.since(event)]


def _last(session: Session) -> int:
    with session.read() as work:
        last = work.journal.last()
    return last[0] if last is not None else 0
