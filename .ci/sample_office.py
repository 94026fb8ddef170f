"""`make run`: makes the sample office on first use, then opens the window on it.

Without a screen it makes one slip, one supervision letter and one ledger instead, and says where they are.
Everything goes through the command line, as an operator's own script would.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("liuyan")
NOT_AVAILABLE = 1


def main(folder: Path) -> int:
    users = sample_users(folder)
    print(f"样例办公室：{folder}/")
    for user in users:
        print(f"  用户 {user['name']}　密码 {user['password']}　{user['role']}")
    if has_screen():
        return subprocess.run([PROGRAM, "--data", folder], check=False).returncode
    print("没有图形界面，改为生成几份样例文书：")
    for title, file in papers(folder, users[0]):
        print(f"  {title}　{file}")
    return 0


def sample_users(folder: Path) -> list[dict[str, str]]:
    """The users of the office in `folder`, which is made if it is not there; the first may do most."""
    kept = folder / "sample-users.json"
    if not kept.exists():
        print("正在生成样例办公室……", flush=True)
        made = run("demo", "--no-window", "--data", folder)
        kept.write_text(json.dumps(made["users"], ensure_ascii=False, indent=1), encoding="utf-8")
    return json.loads(kept.read_text("utf-8"))


def papers(folder: Path, user: dict[str, str]) -> list[tuple[str, Path]]:
    """Titles and files of a slip, a letter and a ledger, made now."""
    out = folder / "papers"
    out.mkdir(exist_ok=True)
    asked = ("--data", folder, "--user", user["name"], "--password-file", "-")
    listed = run("list", "--sort", "due", "--limit", "500", *asked, password=user["password"])
    # A slip exists once a case has a unit, a letter where it was pressed for; the late ones are tried first.
    assigned = sorted(
        (case for case in listed["cases"] if case["lead"]), key=lambda case: not case["overdue"]
    )
    numbers = [case["number"] for case in assigned]
    made = []
    for title, form in (("承办单", "slip"), ("督办函", "supervision-letter")):
        file = out / f"{title}.docx"
        if any(form_made(number, form, file, asked, user["password"]) for number in numbers):
            made.append((title, file))
        else:
            print(f"  样例中没有可以出具{title}的留言。", file=sys.stderr)
    ledger = out / "留言台账.xlsx"
    run("ledger", "-o", ledger, *asked, password=user["password"])
    return [*made, ("留言台账", ledger)]


def form_made(number: str, form: str, file: Path, asked: tuple[str | Path, ...], password: str) -> bool:
    """Whether the paper could be made; not every case has come to the step that this one records."""
    return run("form", number, form, "-o", file, *asked, password=password, may_refuse=True) is not None


def run(*words: str | Path, password: str = "", may_refuse: bool = False) -> dict | None:
    """What a command answers under --json, or None where the rules refuse it and that is expected."""
    done = subprocess.run(
        [PROGRAM, *words, "--json"], input=password, stdout=subprocess.PIPE, encoding="utf-8"
    )
    if done.returncode == NOT_AVAILABLE and may_refuse:
        return None
    if done.returncode != 0:
        sys.exit(f"liuyan {words[0]} 没有成功：{done.stdout.strip()}")
    return json.loads(done.stdout)


def has_screen() -> bool:
    return sys.platform in {"win32", "darwin"} or any(
        os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY")
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
