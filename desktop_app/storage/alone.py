"""The pair of `presence` where an office lies in a file: there is one window, and nobody else to tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.storage.presence import There


class Alone:
    """Nothing is written, nobody is there."""

    def stay(self, seat: str, user: str, number: str, doing: str) -> None:
        """Nobody would read it."""

    def leave(self, seat: str) -> None:
        """As little."""

    def others(self, seat: str, number: str) -> list[There]:
        return []

    def elsewhere(self, seat: str) -> list[tuple[str, There]]:
        return []
