"""The sample office: invented messages brought through believable stories, so that every state is there today."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app import paths
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.oversight import NOT_FROM_ABOVE, HandedDown
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role
from desktop_app.services import accounts, office, regulations, settings_keys
from desktop_app.services.cases import act_in
from desktop_app.services.registration import register_all
from desktop_app.services.sample_stories import refusal_story, story_of
from desktop_app.services.sample_story import Day
from desktop_app.services.session import OfficeClock, Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

OFFICE = "示例留言办理中心"
PASSWORD = "shi-li-mi-ma-2026"
_UPSTREAM_DAYS = 14


@dataclass(frozen=True, slots=True)
class SampleUser:
    name: str
    password: str
    role: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What was made: where, how many cases, and who may enter."""

    folder: Path
    cases: int
    users: tuple[SampleUser, ...]


FURTHER_USERS = (
    ("李建国", frozenset((Role.REVIEWER,))),
    ("赵科长", frozenset((Role.VIEWER,))),
)


def make(folder: Path, today: date | None = None) -> Sample:
    """Make the sample office in `folder`; StorageProblem `office_exists` where there is one."""
    clock = OfficeClock(today)
    first = "王敏"
    office.found(folder, OFFICE, "tongliao-2023", first, PASSWORD, clock)
    session = office.enter(folder, first, PASSWORD, today)
    try:
        for name, roles in FURTHER_USERS:
            accounts.add_user(session, name, roles, PASSWORD)
        office.bring_in_units(session, [unit for file in _unit_files() for unit in read_units(file)])
        count = _bring_in(session)
        users = accounts.list_users(session)
    finally:
        session.close()
    ordered = sorted(users, key=lambda user: user.name != first)
    return Sample(folder, count, tuple(SampleUser(user.name, PASSWORD, user.role_labels) for user in ordered))


def samples_folder() -> Path:
    return paths.resources_folder() / "samples"


def _unit_files() -> Sequence[Path]:
    return sorted(samples_folder().glob("units-*.csv"))


def read_units(file: Path) -> list[Unit]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [
            Unit(
                name=row["单位名称"],
                short_names=tuple(name for name in row["简称"].split("、") if name),
                superior=row["上级单位"],
                head=row["主要负责人"],
                deputy=row["分管领导"],
                section=row["具体科室"],
                handler=row["经办人"],
                phone=row["联系电话"],
                region=row["地区"],
                duties=row["职责"],
            )
            for row in csv.DictReader(lines)
        ]


def _bring_in(session: Session) -> int:
    """All messages and their stories in one transaction: a sample office is there whole or not at all."""
    samples = tomllib.loads((samples_folder() / "messages.toml").read_text(encoding="utf-8"))["message"]
    with session.change() as work:
        work.settings.put(settings_keys.OFFICE_CONTACT, "王敏")
        work.settings.put(settings_keys.OFFICE_PHONE, "0475-0000000")
        numbers: dict[str, str] = {}
        per_regulation: dict[str, int] = {}
        for sample in samples:
            place = per_regulation.get(sample["regulation"], 0)
            per_regulation[sample["regulation"]] = place + 1
            numbers[sample["id"]] = _tell(session, work, sample, place, numbers)
    return len(samples)


def _tell(session: Session, work: Work, sample: dict[str, Any], place: int, numbers: dict[str, str]) -> str:
    regulation = regulations.load(sample["regulation"])
    day = Day(session.calendar(), session.today)
    if "refusal_ground" in sample:
        story = refusal_story(sample, place, day, numbers)
    else:
        story = story_of(sample, place, day, regulation, session.units(work))
    registered = story[0].on - timedelta(days=place % 3 + 1) if story else day.back(place % 2)
    (done,) = register_all(session, work, [_registration(regulation, sample, registered, place)])
    for step in story:
        act_in(session, work, done.number, step.action, step.keys, step.on)
    return done.number


def _registration(regulation: Regulation, sample: dict[str, Any], received: date, place: int) -> Registration:
    written = f"{received.isoformat()} {8 + place % 12:02d}:{place * 7 % 60:02d}:{place * 13 % 60:02d}"
    message = Message(
        title=sample["title"],
        text=sample["text"],
        citizen=Citizen(
            sample["citizen"],
            sample.get("contact", ""),
            sample.get("work_unit", ""),
            sample.get("address", ""),
            sample.get("ip", ""),
        ),
        board_number=str(18_000_000 + place * 37 + (0 if regulation.id.startswith("t") else 500_000)),
        board=sample["board"],
        kind=sample["kind"],
        domain=sample["domain"],
        written=written,
    )
    source = regulation.term("source", sample["board"])
    return Registration(
        regulation.id,
        received,
        source.value if source is not None else regulation.values("source")[0],
        message,
        handed_down=_handed_down(sample, received),
    )


def _handed_down(sample: dict[str, Any], received: date) -> HandedDown:
    """What came from above came the day before, to be answered for within two weeks."""
    if "handed_down_by" not in sample:
        return NOT_FROM_ABOVE
    return HandedDown(
        sample["handed_down_by"], received - timedelta(days=1), received + timedelta(days=_UPSTREAM_DAYS)
    )
