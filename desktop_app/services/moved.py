"""The mark of an office that has moved elsewhere: nobody works on in the old place by mistake."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from desktop_app.errors import StorageProblem
from desktop_app.services.settings_keys import MOVED, USERS_EDITION

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class Gone:
    """Where the office has gone to (`place` as it is given to `--data`, `called` within a sentence), and when."""

    place: str
    called: str
    when: str


def gone(work: Work) -> Gone | None:
    """None for an office that is here."""
    told = work.settings.get(MOVED)
    return Gone(**json.loads(told)) if told else None


def mark(work: Work, where: Gone) -> None:
    """From now on it is there."""
    work.settings.put(MOVED, json.dumps(asdict(where), ensure_ascii=False))
    _have_all_look_again(work)


def unmark(work: Work) -> None:
    """It is here again."""
    work.settings.drop(MOVED)
    _have_all_look_again(work)


def refuse_gone(work: Work) -> None:
    """StorageProblem ``moved`` where the office is here no more."""
    found = gone(work)
    if found is not None:
        raise StorageProblem(
            "moved",
            f"这个单位的数据已于 {found.when[:16].replace('T', ' ')} 搬到 {found.called}，这里是搬走以前的一份，不能再办件。",
            f"请打开那里的数据（{found.place}）。确实要在这里接着办的，由系统管理员用命令 move --reopen 重新启用。",
        )


def _have_all_look_again(work: Work) -> None:
    """Seats that are open at a server look at this edition with every change, and at the mark where it is another."""
    work.settings.put(USERS_EDITION, str(int(work.settings.get(USERS_EDITION) or 0) + 1))
