"""One unit edited at two seats at once: each keeps the fields that it changed (`edited_meanwhile`)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from desktop_app.domain.units import Unit
from desktop_app.errors import Refusal
from desktop_app.services.edited_meanwhile import Edited, merged
from desktop_app.services.overtaken import CHANGED_MEANWHILE
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

CHANGE = "change-units-register"
"""The event by which the register of units is changed."""
_BETWEEN = "、"
_SHORT = "short_names"
_TITLES = {
    "name": "单位名称",
    _SHORT: "简称",
    "superior": "上级单位",
    "head": "主要负责人",
    "deputy": "分管领导",
    "section": "具体科室",
    "handler": "经办人",
    "phone": "联系电话",
    "region": "地区",
    "duties": "职责",
}


def with_others_changes(session: Session, work: Work, unit: Unit, known_as: str, shown: Unit) -> Unit:
    """The unit as it is to be stored, given what was shown (an empty one where it is new) and what stands there now.

    Refuses (`EditedMeanwhile`) where a field was changed here and there, (`changed_meanwhile`) where the unit goes by
    another name now.
    """
    stored = next((one for one in work.units.all() if one.name == known_as), None)
    if stored is None and shown.name:
        raise Refusal(
            CHANGED_MEANWHILE,
            f"“{known_as}”刚被别人改了名称。",
            None,
            "您填的内容还在；请在名册里打开它现在的名称，再改一次。",
        )
    edited = Edited(
        f"“{known_as}”", _TITLES, CHANGE, lambda event: event.keys.get("unit") in (known_as, None)
    )
    kept = merged(session, work, edited, _fields(stored or shown), _fields(shown), _fields(unit))
    return read_fields(kept)


def _fields(unit: Unit) -> dict[str, str]:
    return {**asdict(unit), _SHORT: _BETWEEN.join(unit.short_names)}


def read_fields(kept: dict[str, str]) -> Unit:
    """The unit that the fields of a refusal (`EditedMeanwhile.known`) tell of."""
    return Unit(
        name=kept["name"],
        short_names=tuple(name for name in kept[_SHORT].split(_BETWEEN) if name),
        superior=kept["superior"],
        head=kept["head"],
        deputy=kept["deputy"],
        section=kept["section"],
        handler=kept["handler"],
        phone=kept["phone"],
        region=kept["region"],
        duties=kept["duties"],
    )
