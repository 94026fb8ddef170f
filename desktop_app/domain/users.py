"""Users of an office and what each is there for. Who entered a step stands on every event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a user is there for; one may be several, as in a one-person office. `domain.rights` says what each may do."""

    OPERATOR = "operator"
    REVIEWER = "reviewer"
    VIEWER = "viewer"
    ADMINISTRATOR = "administrator"
    SECURITY = "security"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role as the office calls it."""
        return _LABELS[self]


_LABELS = {
    Role.OPERATOR: "经办",
    Role.REVIEWER: "审核",
    Role.VIEWER: "领导查看",
    Role.ADMINISTRATOR: "系统管理员",
    Role.SECURITY: "安全保密员",
    Role.AUDITOR: "安全审计员",
}

CASEWORK = (Role.OPERATOR, Role.REVIEWER, Role.VIEWER)
"""Those who see cases."""
POSTS = (Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR)
"""The three posts that keep the program (三员); none of them sees a case by virtue of the post."""


@dataclass(frozen=True, slots=True)
class User:
    """One named user. `created` is the clock's time with +08:00; an inactive one can't enter anything."""

    name: str
    roles: frozenset[Role]
    display_name: str = ""
    active: bool = True
    created: str = ""

    def has(self, role: Role) -> bool:
        """Whether this user may act in that role now."""
        return self.active and role in self.roles

    @property
    def role_labels(self) -> str:
        """The roles in words, in one fixed order: 经办、审核."""
        return "、".join(role.label for role in Role if role in self.roles)
