"""Gives memory back to the system that a library has let go of in the midst of what stays."""

from __future__ import annotations

import ctypes
import sys

_WORTH_IT = 4 * 2**20


def give_back(size: int) -> None:
    """After a file of `size` bytes was read by a library and let go of again.

    The C library of Linux keeps what was freed below what is still in use, and Python does not ask it for small
    pieces: of a workbook of 100,000 messages 115 MB lay idle until the end of the import.
    """
    if sys.platform == "linux" and size >= _WORTH_IT:
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)
