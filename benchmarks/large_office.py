"""A made-up office of any size: years of cases, each with its message, its journal, its numbers and its row.

Acts of the program would take hours for a million cases, so the rows go in by the thousand through the storage
layer; what they hold is what the acts would have left, and `verify` finds nothing wrong with it. Most cases are
archived; those that came in last stand where their story has got to, and a few old ones have got stuck.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert

from benchmarks import office_words as words
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.corrections import Step
from desktop_app.domain.events import NewEvent
from desktop_app.domain.history import DOCUMENT, REGISTER, fold
from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.projection import row_of
from desktop_app.domain.units import Unit
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.services import office, regulations
from desktop_app.services.registration import incoming_key, message_words
from desktop_app.services.session import Session
from desktop_app.storage.case_ids import id_of
from desktop_app.storage.tables import document_cases, documents_issued
from desktop_app.storage.work import Work

USER, PASSWORD = "王敏", "ce-su-yong-de-mi-ma"
TODAY = date(2026, 11, 25)
REGULATION, SOURCE = "tongliao-2023", "市长板块"
RARE = "翡翠湾滨河"
"""Stands in one message of ten thousand."""
_FIRST_DAY = date(2021, 1, 4)
_AT_ONCE = 2_000
_SLIP = "人民网地方领导留言板咨询事项承办单"
_CACHE_KIB = 400_000
"""While it is made: keys of messages go in at random places."""
_STUCK = 0.0006
"""Of old cases, those that somebody forgot."""

Told = tuple[str, int, dict[str, str]]
"""A step: what, how many working days after the case came in, with what."""


def make_office(folder: Path, size: int) -> Session:
    """Founds an office with so many cases in `folder`, and enters it."""
    office.found(folder, "示例市运维中心", REGULATION, USER, PASSWORD)
    session = office.enter(folder, USER, PASSWORD, TODAY)
    chance = random.Random(size)
    units = unit_names()
    office.bring_in_units(session, [Unit(name, head="张平", phone="0475-8200000") for name in units])
    started, done, serials = perf_counter(), 0, dict[int, int]()
    cases = _cases(chance, size, units, session.calendar())
    while part := list(islice(cases, _AT_ONCE)):
        with session.change() as work:
            if work._connection.dialect.name == "sqlite":
                work._connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
            _put(work, _numbered(part, serials), session)
        done += len(part)
        if done % 50_000 == 0:
            print(f"  {done:,} cases in {perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return session


def unit_names() -> list[str]:
    """The bureaus of the city and of its districts, the busiest first."""
    own = [f"通辽市{bureau}" for bureau in words.BUREAUS]
    return own + [f"{district}{bureau}" for district in words.DISTRICTS for bureau in words.BUREAUS[:8]]


@dataclass(slots=True)
class _Made:
    """A case on its way: `told` is its story as far as today lets it go."""

    received: date
    told: tuple[Told, ...]
    message: Message
    category: str
    lead: str
    supporting: str
    reply: str
    number: str = ""
    document: str = ""


# ------------------------------------------------------------------ what happens


def _cases(chance: random.Random, size: int, units: Sequence[str], calendar: WorkCalendar) -> Iterator[_Made]:
    """In the order of the register: more every year, most on working days."""
    days = [_FIRST_DAY + timedelta(days=place) for place in range((TODAY - _FIRST_DAY).days + 1)]
    weights = [
        (1 if calendar.day(day).working else 0.25) * (1 + place / 1500) for place, day in enumerate(days)
    ]
    share = size / sum(weights)
    shares = [1 / (place + 3) for place in range(len(units))]
    owed, serial = 0.0, 0
    for day, weight in zip(days, weights, strict=True):
        owed += weight * share
        count = size - serial if day == days[-1] else int(owed)
        owed -= count
        for _ in range(count):
            serial += 1
            topic, domain, category = chance.choice(words.TOPICS)
            lead = chance.choices(units, shares)[0]
            supporting = chance.choice(units) if chance.random() < 0.06 else ""
            told = _until_today(calendar, day, _story(chance, day))
            yield _Made(
                received=day,
                told=told,
                message=_message(chance, topic, domain, category, serial, day),
                category=category,
                lead=lead,
                supporting="" if supporting == lead else supporting,
                reply=_reply(chance, topic, lead),
            )


def _story(chance: random.Random, day: date) -> tuple[Told, ...]:
    """All that would happen in the end."""
    turn = chance.random()
    accepted = chance.choices((0, 1, 2), (8, 3, 1))[0]
    if turn < 0.05:
        return _refused(accepted)
    sent, taken = accepted, accepted + chance.choices((0, 1, 2), (6, 3, 1))[0]
    replied = taken + chance.choices((1, 2, 3, 4, 5, 7, 11), (4, 8, 12, 14, 12, 3, 1))[0]
    steps = _sent(accepted, sent, taken)
    if replied - taken > 5:
        steps += (("remind", taken + 4, {"to": "承办单位主要负责同志", "channel": "电话", "by": USER}),)
    steps += _answered(replied, private=turn > 0.9)
    closed = replied + chance.choices((0, 1, 2), (3, 5, 2))[0]
    steps += (("close", closed, {}), ("archive", closed + chance.choices((0, 2, 5), (5, 3, 2))[0], _KEPT))
    if chance.random() < _STUCK:
        return steps[: chance.randrange(1, len(steps) - 1)]
    return steps


_KEPT = {"retention": "10年"}


def _refused(on: int) -> tuple[Told, ...]:
    keys = {
        "ground": "重复事项",
        "explanation": "所反映事项已在前一留言中答复。",
        "suggestion": "请查看前一留言的答复。",
    }
    return (
        ("refuse", on, keys),
        ("tell-refusal", on, {"channel": "留言板回复"}),
        ("close", on, {}),
        ("archive", on + 2, _KEPT),
    )


def _sent(accepted: int, sent: int, taken: int) -> tuple[Told, ...]:
    return (
        ("accept", accepted, {"urgency": "一般"}),
        ("dispatch", sent, {}),
        ("receive", taken, {"manner": "签收"}),
    )


def _answered(on: int, private: bool) -> tuple[Told, ...]:
    reply = {"signer": "张平", "stamped": "yes", "handler": "李某", "phone": "0475-8200000"}
    if private:
        return (
            ("reply", on, reply),
            ("pass-review", on, {"by": "主任", "public": "no", "private_reason": "涉及个人隐私"}),
            ("answer-privately", on, {"by": "李某", "channel": "电话"}),
            ("post-note", on, {}),
        )
    return (("reply", on, reply), ("pass-review", on, {"by": "主任", "public": "yes"}), ("publish", on, {}))


def _until_today(calendar: WorkCalendar, received: date, story: tuple[Told, ...]) -> tuple[Told, ...]:
    return tuple(step for step in story if _on(calendar, received, step[1]) <= TODAY)


_DAYS: dict[tuple[date, int], date] = {}


def _on(calendar: WorkCalendar, received: date, after: int) -> date:
    """The working day so many after the case came in; the same day for none."""
    place = received, after
    if place not in _DAYS:
        _DAYS[place] = calendar.nth_working_day_after(received, after) if after else received
    return _DAYS[place]


# ------------------------------------------------------------------ what is written


def _message(
    chance: random.Random, topic: str, domain: str, category: str, serial: int, day: date
) -> Message:
    """Some two hundred characters, a few of a thousand and more; a tenth of them by name."""
    place = chance.choice(words.PLACES) + chance.choice(words.PLACES) + chance.choice(words.KINDS)
    name = chance.choice(words.SURNAMES) + "".join(chance.choices(words.GIVEN, k=chance.choice((1, 2, 2))))
    gaps = {
        "place": place,
        "name": name,
        "n": chance.randrange(2, 12),
        "m": chance.randrange(1, 13),
        "phone": chance.randrange(10**7, 10**8),
    }
    much = max(1, min(20, int(chance.lognormvariate(1.45, 0.6))))
    parts = [chance.choice(words.OPENINGS), f"{place}{topic}。", *chance.sample(words.MIDDLES, much)]
    if serial % 10_000 == 7:
        parts.append(f"地点在{RARE}路口。")
    text = "".join((*parts, chance.choice(words.ENDINGS))).format_map(gaps)
    known = chance.random() < 0.7
    return Message(
        title=f"{chance.choice(words.HEADS)}{place}{topic}{chance.choice(('', '的问题', '问题', '，盼复'))}",
        text=text,
        citizen=Citizen(name if known else f"网友{serial % 90_000}", f"138{gaps['phone']}" if known else ""),
        board_number=str(4_000_000 + serial),
        board=SOURCE,
        kind=category,
        domain=domain,
        written=f"{day} {chance.randrange(7, 23):02d}:{chance.randrange(60):02d}:00",
    )


def _reply(chance: random.Random, topic: str, unit: str) -> str:
    told = {
        "topic": topic,
        "unit": unit,
        "n": chance.randrange(2, 30),
        "phone": chance.randrange(10**4, 10**5),
    }
    return "".join(words.REPLIES[:1] + tuple(chance.sample(words.REPLIES[1:], 3))).format_map(told)


# ------------------------------------------------------------------ as the program would have left it


def _numbered(cases: Sequence[_Made], serials: dict[int, int]) -> list[_Made]:
    for case in cases:
        year = case.received.year
        serials[year] = serials.get(year, 0) + 1
        case.number = f"{year}-{serials[year]:04d}"
    return list(cases)


def _put(work: Work, cases: Sequence[_Made], session: Session) -> None:
    calendar = session.calendar()
    for year, some in groupby(cases, lambda case: case.received.year):
        work.numbers.next_register(year, len(list(some)))
    _issue(work, cases)
    events = [event for case in cases for event in _events(calendar, case)]
    events.sort(key=lambda event: (event.on, event.case))
    recorded = work.journal.append(events)
    work.cases.insert([_row(calendar, case) for case in cases])
    work.messages.insert_many([(case.number, case.message) for case in cases])
    work.search.put_many([(one.number, _searchable(one), one.message.citizen.name) for one in cases])
    work.content_index.add_many([incoming_key(case.number, case.message) for case in cases])
    taken = {event.case: event for event in recorded if event.action == "receive"}
    borne = [
        {
            "number_text": event.keys[DOCUMENT],
            "case_id": id_of(event.case or ""),
            "event_id": event.id,
            "standing": True,
            "issued_on": event.on.isoformat(),
            "addressee": event.keys["lead"],
            "served_on": taken[event.case].on.isoformat() if event.case in taken else None,
            "served_manner": "签收" if event.case in taken else "",
        }
        for event in recorded
        if event.action == "dispatch"
    ]
    if borne:
        work._connection.execute(insert(document_cases), borne)


def _issue(work: Work, cases: Sequence[_Made]) -> None:
    """A number of the slips' series for each case that was sent out, in the year of its sending."""
    sent = [case for case in cases if any(action == "dispatch" for action, _, _ in case.told)]
    issued = []
    for case in sent:
        year = case.received.year
        serial = work.numbers._advance(f"{REGULATION}/slip", year, 1)
        case.document = f"通民盼办〔{year}〕{serial}号"
        issued.append(
            {
                "series": f"{REGULATION}/slip",
                "year": year,
                "serial": serial,
                "number_text": case.document,
                "title": _SLIP,
                "by": USER,
                "voided_reason": "",
                "replaced_by": "",
            }
        )
    if issued:
        work._connection.execute(insert(documents_issued), issued)


def _events(calendar: WorkCalendar, case: _Made) -> Iterator[NewEvent]:
    facts = {"regulation": REGULATION, "source": SOURCE, "board_number": case.message.board_number}
    entered = f"{case.received}T09:00:00.000+08:00"
    yield NewEvent(REGISTER, case.received, USER, entered, case.number, facts, message_words(case.message))
    for action, after, keys in case.told:
        on = _on(calendar, case.received, after)
        protected = {}
        if action == "accept":
            keys = {**keys, "category": case.category}
        elif action == "dispatch":
            keys = {**keys, "lead": case.lead, "supporting": case.supporting, DOCUMENT: case.document}
            keys = {name: value for name, value in keys.items() if value}
        elif action in ("reply", "post-note"):
            protected = {"text": case.reply if action == "reply" else "承办单位已电话答复网友。"}
        elif action == "refuse":
            protected = {name: keys[name] for name in ("explanation", "suggestion")}
            keys = {"ground": keys["ground"]}
        yield NewEvent(action, on, USER, f"{on}T10:00:00.000+08:00", case.number, keys, protected)


def _row(calendar: WorkCalendar, case: _Made) -> CaseRow:
    """Worked out once for all that came in on one day and went the same way."""
    way = tuple((action, after) for action, after, _ in case.told)
    year, serial = (int(part) for part in case.number.split("-"))
    likewise = _likewise(calendar, case.received, way)
    return replace(
        likewise,
        number=case.number,
        year=year,
        serial=serial,
        title=case.message.title,
        board_number=case.message.board_number,
        domain=case.message.domain,
        category=case.category if likewise.urgency else "",
        lead=case.lead if likewise.lead else "",
        supporting=(case.supporting,) if likewise.lead and case.supporting else (),
    )


@lru_cache(maxsize=4096)
def _likewise(calendar: WorkCalendar, received: date, way: tuple[tuple[str, int], ...]) -> CaseRow:
    message = Message("题", "文", board=SOURCE)
    told = tuple((action, after, _keys_of(action)) for action, after in way)
    case = _Made(received, told, message, "咨询", "单位", "", "答复", f"{received.year}-0001", "号")
    steps = [
        Step(place, event.action, event.on, {**event.keys, **event.protected})
        for place, event in enumerate(_events(calendar, case), 1)
    ]
    regulation = regulations.load(REGULATION)
    return row_of(fold(case.number, steps, regulation), message, regulation, calendar)


def _keys_of(action: str) -> dict[str, str]:
    every = (*_refused(0), *_sent(0, 0, 0), *_answered(0, False), *_answered(0, True))
    return next((keys for known, _, keys in every if known == action), {})


def _searchable(case: _Made) -> list[str]:
    """As `services.cases.searchable` would have it of the whole case."""
    acts = {action for action, _, _ in case.told}
    texts = [case.message.title, case.message.text, case.message.board_number, case.number]
    if "dispatch" in acts:
        texts += [case.lead] + ([case.supporting] if case.supporting else []) + [case.document]
    if "reply" in acts:
        texts.append(case.reply)
    if "publish" in acts:
        texts.append(case.reply)
    return texts
