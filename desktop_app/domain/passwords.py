"""What a password must be: long, and not made from the user's own name; and what makes a long one easy to guess."""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.errors import Refusal

SHORTEST_PASSWORD = 10
"""Characters, of whatever script."""
LONGEST_MINIMUM = 30
"""No office may ask for more: passwords that nobody can remember are written down."""

_FEW = 4
"""Different characters; fewer can be tried through."""
_RUN = 6
"""Neighbours in a row of the keyboard or the alphabet that make up most of a password of ten."""
_ROWS = (
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "一二三四五六七八九十",
)
_COMMON = (
    "password",
    "passw0rd",
    "p@ssw0rd",
    "admin",
    "administrator",
    "iloveyou",
    "welcome",
    "letmein",
    "woaini",
    "woaini1314",
    "5201314",
    "1q2w3e4r",
    "1qaz2wsx",
    "qazwsxedc",
    "888888",
    "666666",
    "112233",
    "changeme",
    "liuyan",
    "留言办",
    "密码",
)


@dataclass(frozen=True, slots=True)
class AccessRules:
    """What an office has agreed for all its users: `idle_minutes` until the window locks, `shortest` password,
    and after how many days a password is to be changed in the window (0: never)."""

    idle_minutes: int = 10
    shortest: int = SHORTEST_PASSWORD
    password_days: int = 0

    def is_expired(self, changed: str, today: date) -> bool:
        """Whether a password set at that time (ISO, empty where it is not known) is too old by now."""
        if not self.password_days or not changed:
            return False
        return date.fromisoformat(changed[:10]) + timedelta(days=self.password_days) < today


IDLE_MINUTES = (1, 60)
PASSWORD_DAYS = (0, 365)


def check_rules(rules: AccessRules) -> None:
    """Refusal `unknown_value` for rules that would leave the office open, or nobody able to work."""
    for value, (least, most), words in (
        (rules.idle_minutes, IDLE_MINUTES, "自动锁定的时间"),
        (rules.shortest, (SHORTEST_PASSWORD, LONGEST_MINIMUM), "密码的最短长度"),
        (rules.password_days, PASSWORD_DAYS, "密码的使用期限"),
    ):
        if not least <= value <= most:
            raise Refusal("unknown_value", f"{words}应在 {least} 到 {most} 之间，不能是 {value}。")


def check_password(user: str, password: str, shortest: int = SHORTEST_PASSWORD) -> None:
    """Refusal ``weak_password`` where the password is too short or contains the user's name, in any case or width."""
    if len(password) < shortest:
        raise Refusal(
            "weak_password",
            f"密码只有 {len(password)} 个字符，至少要 {shortest} 个。",
            remedy="可用一句容易记住的话作密码，汉字、字母、数字都可以。",
        )
    name = _plain(user)
    if name and name in _plain(password):
        raise Refusal(
            "weak_password",
            "密码中含有用户名，容易被人猜到。",
            remedy="请换一个不含用户名的密码。",
        )


def weakness(password: str) -> str:
    """In a sentence, why a password that is long enough is guessed easily all the same; empty where it is not.

    Said, and never refused: what a password must be is promised.
    """
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(set(plain)) < _FEW:
        return "只用了几个不同的字符，容易猜到。"
    if any(_repeats(plain, length) for length in range(1, len(plain) // 2 + 1)):
        return "是同一段反复，容易猜到。"
    if plain.isdigit():
        return "全是数字，像电话、证件号或日期，容易猜到。"
    if _longest_run(plain) >= _RUN and _longest_run(plain) * 2 > len(plain):
        return "大半是键盘或数字的顺序，容易猜到。"
    for word in _COMMON:
        if word in plain and len(plain) - len(word) < _RUN:
            return f"是常见的密码（含“{word}”），容易猜到。"
    return ""


def _repeats(text: str, length: int) -> bool:
    return len(text) >= 2 * length and text == (text[:length] * len(text))[: len(text)]


def _longest_run(text: str) -> int:
    """The longest piece of the text that goes along a row of the keyboard, either way."""
    longest = length = 1
    for before, here in itertools.pairwise(text):
        length = length + 1 if _are_neighbours(before, here) else 1
        longest = max(longest, length)
    return longest


def _are_neighbours(one: str, other: str) -> bool:
    return any(one + other in row or other + one in row for row in _ROWS)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
