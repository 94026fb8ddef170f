"""`python -m desktop_app` and the installed command `liuyan`."""

from __future__ import annotations

import sys

_STOPPED = 1
"""The exit code of what was cancelled (docs/command-line.md)."""


def main() -> int:
    """The command line where there is one, else the window. Stopped by a key before either is there, it just ends."""
    try:
        from desktop_app.bootstrap import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return _STOPPED


if __name__ == "__main__":
    sys.exit(main())
