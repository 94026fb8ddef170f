"""Makes the shipped templates again: `python forms/drafts/make_forms.py [FOLDER]` (default: the folder above).

The office edits its own copies in Word or WPS; this script is for those who change the shipped ones.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from letter import letter  # noqa: E402
from notice import notice  # noqa: E402
from package import save  # noqa: E402
from slip import slip  # noqa: E402

DRAFTS = (
    slip("slip.docx", "承办单", identity=True),
    slip("slip-anonymous.docx", "承办单（隐去网民身份）", identity=False),
    letter("supervision-letter.docx", "督办函"),
    notice("reminder.docx", "提醒单"),
    notice("urge.docx", "催办单"),
)


def main(folder: Path) -> None:
    """Writes every template into the folder."""
    for draft in DRAFTS:
        print(save(draft, folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
