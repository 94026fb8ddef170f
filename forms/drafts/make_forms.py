"""Makes the shipped templates again: `python forms/drafts/make_forms.py [FOLDER]` (default: the folder above).

The office edits its own copies in Word or WPS; this script is for those who change the shipped ones.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from approval import approval  # noqa: E402
from bulletin import bulletin  # noqa: E402
from deadline_note import deadline_note  # noqa: E402
from explanation import explanation  # noqa: E402
from extension import extension  # noqa: E402
from file_catalogue import file_catalogue  # noqa: E402
from file_cover import file_cover  # noqa: E402
from file_note import file_note  # noqa: E402
from follow_up import follow_up  # noqa: E402
from instruction_report import instruction_report  # noqa: E402
from investigation import investigation  # noqa: E402
from notice import notice  # noqa: E402
from package import save  # noqa: E402
from private_answer import private_answer  # noqa: E402
from public_reply import public_reply  # noqa: E402
from refusal import refusal  # noqa: E402
from return_slip import return_slip  # noqa: E402
from rework import rework  # noqa: E402
from slip import slip  # noqa: E402
from supervision_letter import supervision_letter  # noqa: E402
from supervision_slip import supervision_slip  # noqa: E402
from transfer_letter import transfer_letter  # noqa: E402
from transfer_report import transfer_report  # noqa: E402

DRAFTS = (
    slip("slip.docx", "承办单", identity=True),
    slip("slip-anonymous.docx", "承办单（隐去网民身份）", identity=False),
    notice("reminder.docx", "提醒单"),
    notice("urge.docx", "催办单"),
    supervision_letter(),
    supervision_slip(),
    transfer_letter(),
    transfer_report(),
    extension(),
    return_slip(),
    rework(),
    refusal(),
    private_answer(),
    investigation(),
    explanation(),
    approval(),
    public_reply(),
    instruction_report(),
    follow_up(),
    deadline_note(),
    file_cover(),
    file_catalogue(),
    file_note(),
    bulletin(),
)


def main(folder: Path) -> None:
    """Writes every template into the folder."""
    for draft in DRAFTS:
        print(save(draft, folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
