"""`python -m desktop_app` and the installed command `liuyan`."""

from __future__ import annotations

import sys


def main() -> int:
    """The command line where there is one, else the window."""
    from desktop_app.bootstrap import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
