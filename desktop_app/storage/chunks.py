"""Long lists in pieces that one statement can take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")

CHUNK = 500
"""Values in one IN (…); SQLite would take more, but a statement per length is compiled and kept."""


def chunked(items: Iterable[Item]) -> Iterator[list[Item]]:
    """`items` in lists of at most `CHUNK`, in their order."""
    waiting = iter(items)
    while part := list(islice(waiting, CHUNK)):
        yield part
