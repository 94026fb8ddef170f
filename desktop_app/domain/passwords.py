"""What a password must be: long, and not made from the user's own name."""

from __future__ import annotations

import unicodedata

from desktop_app.errors import Refusal

SHORTEST_PASSWORD = 10
"""Characters, of whatever script."""


def check_password(user: str, password: str) -> None:
    """Refusal ``weak_password`` where the password is too short or contains the user's name, in any case or width."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal(
            "weak_password",
            f"密码只有 {len(password)} 个字符，至少要 {SHORTEST_PASSWORD} 个。",
            remedy="可用一句容易记住的话作密码，汉字、字母、数字都可以。",
        )
    name = _plain(user)
    if name and name in _plain(password):
        raise Refusal(
            "weak_password",
            "密码中含有用户名，容易被人猜到。",
            remedy="请换一个不含用户名的密码。",
        )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
