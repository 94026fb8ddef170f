"""`liuyan forms` and `liuyan form`: which papers there are, and making them."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.case_papers import MadePaper
    from desktop_app.domain.regulation import Regulation

_KINDS = (".docx", ".pdf")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    forms = commands.add_parser("forms", help="列出文书；forms check DIR 检查模板；forms fonts 检查字体")
    forms.add_argument("words", nargs="*", metavar="check DIR|fonts", help="检查文件夹中的模板，或本机的字体")
    forms.add_argument("--regulation", metavar="ID", help="只列这个办法的文书")
    forms.set_defaults(run=run_forms)
    form = commands.add_parser("form", help="制作文书")
    form.add_argument("words", nargs="+", metavar="NUMBER FORM", help="登记号和文书；成批时 FORM NUMBER…")
    form.add_argument(
        "-o", dest="output", type=Path, metavar="FILE", help="存为 .docx 或 .pdf；成批时为文件夹"
    )
    form.add_argument("--batch", action="store_true", help="成批制作：--batch FORM NUMBER…")
    form.add_argument("--pdf", action="store_true", help="成批时每件存为 PDF")
    form.add_argument("--merge", type=Path, metavar="FILE", help="成批制作并合为一个文件")
    form.add_argument(
        "--again",
        type=int,
        action="append",
        metavar="PAPER_ID",
        help="把做过的一份原样再出：NUMBER --again PAPER_ID",
    )
    form.set_defaults(run=run_form)


def run_forms(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.words == ["fonts"]:
        return _fonts(console)
    if arguments.words:
        return _check(arguments, console)
    from desktop_app.documents.paper_catalogue import PAPERS
    from desktop_app.services import regulations

    chosen = (
        regulations.load_all() if arguments.regulation is None else (regulations.load(arguments.regulation),)
    )
    document = []
    for name, paper in PAPERS.items():
        rules = [(one, one.forms[name]) for one in chosen if name in one.forms]
        if not rules:
            continue
        states = [state for regulation, rule in rules for state in _states(regulation, rule)]
        document.append(
            {
                "form": name,
                "title": paper.title,
                "states": list(dict.fromkeys(states)),
                "clauses": list(dict.fromkeys(rule.article for _, rule in rules if rule.article)),
            }
        )
    document += _bulletin(chosen)
    console.answer(document, _forms_table)
    return 0


def _bulletin(chosen: Sequence[Regulation]) -> list[dict[str, Any]]:
    """It is about a period and no one case (`liuyan bulletin`): cases of every state count in it."""
    from desktop_app.documents.paper_catalogue import BULLETIN, OFFICE_PAPERS

    rules = [(one, one.bulletin) for one in chosen if one.bulletin is not None]
    if not rules:
        return []
    states = dict.fromkeys(state.name for regulation, _ in rules for state in regulation.states)
    clauses = dict.fromkeys(rule.article for _, rule in rules if rule.article)
    title = OFFICE_PAPERS[BULLETIN].title
    return [{"form": BULLETIN, "title": title, "states": list(states), "clauses": list(clauses)}]


def _states(regulation: Any, rule: Any) -> list[str]:
    """The states in which the paper can be made: once its step has been recorded."""
    if rule.states:
        return list(rule.states)
    names = [state.name for state in regulation.states]
    earliest = min(
        names.index(action.to or action.from_states[0])
        for action in (regulation.actions[name] for name in rule.after)
    )
    return names[earliest:]


def _forms_table(document: Any) -> str:
    rows = [["文书", "名称", "条款"]]
    rows += [[one["form"], one["title"], "、".join(one["clauses"])] for one in document]
    return columns(rows)


def _check(arguments: argparse.Namespace, console: Console) -> int:
    if len(arguments.words) != 2 or arguments.words[0] != "check":
        raise Misuse("应写作 forms、forms check DIR 或 forms fonts")
    folder = Path(arguments.words[1])
    if not folder.is_dir():
        raise Misuse(f"找不到文件夹 {folder}")
    from desktop_app.documents.forms import check_forms

    faults = check_forms(folder)
    document = {
        "ok": not faults,
        "faults": [{"file": one.file, "place": one.place, "reason": one.reason} for one in faults],
    }
    console.answer(document, lambda one: "\n".join(map(str, faults)) if faults else "模板都可以使用。")
    return 1 if faults else 0


def _fonts(console: Console) -> int:
    from desktop_app.documents.fonts_present import faces_found

    document = {
        "fonts": {
            face.name: {"present": face.present, "instead": face.instead or None, "use": face.use}
            for face in faces_found()
        }
    }
    console.answer(document, _fonts_table)
    return 0


def _fonts_table(document: Any) -> str:
    if not document["fonts"]:
        return "这台电脑没有说明装有哪些字体（没有 fontconfig）。"
    rows = [["字体", "用于", "本机"]]
    for name, told in document["fonts"].items():
        instead = f"没有，改用 {told['instead']}" if told["instead"] else "没有，由办公软件另选"
        rows.append([name, told["use"], "有" if told["present"] else instead])
    return columns(rows)


def run_form(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.again:
        return _again(arguments, console)
    if arguments.batch or arguments.merge is not None:
        return _batch(arguments, console)
    if len(arguments.words) != 2 or arguments.output is None:
        raise Misuse("应写作 form NUMBER FORM -o FILE.docx")
    if arguments.output.suffix.lower() not in _KINDS:
        raise Misuse("-o 的文件名应以 .docx 或 .pdf 结尾")
    number, form_id = arguments.words
    with open_office(arguments) as session:
        from desktop_app.documents.paper_runs import make_file

        saved = make_file(session, [number], form_id, arguments.output)
    console.answer(_shape(saved.made[0], saved.files[0]), _form_table)
    return 0


def _batch(arguments: argparse.Namespace, console: Console) -> int:
    form_id, *numbers = arguments.words
    if not numbers:
        raise Misuse("应写作 form --batch FORM NUMBER… -o DIR，或 --merge FILE")
    if (arguments.output is None) == (arguments.merge is None):
        raise Misuse("成批制作须用 -o DIR 或 --merge FILE 之一")
    if arguments.pdf and arguments.merge is not None:
        raise Misuse("--pdf 用于 -o DIR；合并为一个 PDF 时，--merge 的文件名写作 .pdf")
    with open_office(arguments) as session:
        from desktop_app.documents.paper_runs import DOCX, PDF, make_file, make_files

        if arguments.merge is not None:
            saved = make_file(session, numbers, form_id, arguments.merge, _told)
        else:
            ending = PDF if arguments.pdf else DOCX
            saved = make_files(session, numbers, form_id, arguments.output, ending, _told, replace=True)
    document = [_shape(paper, file) for paper, file in zip(saved.made, saved.files, strict=True)]
    console.answer(document, lambda all_made: "\n".join(_form_table(one) for one in all_made))
    return 0


def _again(arguments: argparse.Namespace, console: Console) -> int:
    """Papers of the file as they were: one into a file of its own, several into one for printing."""
    numbers, target = arguments.words, arguments.merge or arguments.output
    if (
        target is None
        or (arguments.merge is None and len(numbers) != 1)
        or len(numbers) != len(arguments.again)
    ):
        raise Misuse(
            "应写作 form NUMBER --again PAPER_ID -o FILE；几份合为一个文件：form --merge FILE NUMBER --again PAPER_ID …，"
            "登记号与 --again 一一对应"
        )
    if target.suffix.lower() not in _KINDS:
        raise Misuse("文件名应以 .docx 或 .pdf 结尾")
    with open_office(arguments) as session:
        from desktop_app.documents import case_papers
        from desktop_app.documents.paper_runs import save_document
        from desktop_app.documents.papers_again import remake_many

        case_papers.check_target(target)
        made = remake_many(session, list(zip(numbers, arguments.again, strict=True)))
        data = case_papers.merge_made(made) if arguments.merge is not None else made[0].data
        saved = save_document(session, data, target)
    document = [_shape(paper, saved) for paper in made]
    if arguments.merge is not None:
        console.answer(document, lambda all_made: "\n".join(_form_table(one) for one in all_made))
    else:
        console.answer(document[0], _form_table)
    return 0


def _told(done: int, total: int) -> bool:
    """How far a batch is, for one who watches; a script sees none of it."""
    if sys.stderr.isatty():
        print(f"\r{done:,} / {total:,}", end="\n" if done == total else "", file=sys.stderr, flush=True)
    return True


def _shape(made: MadePaper, saved: Path) -> dict[str, Any]:
    """`sha256` is that of the file as it lies there: of a PDF, or of many papers in one, not that of the paper."""
    with saved.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "form": made.form,
        "number": made.case,
        "document": made.document or None,
        "file": str(saved),
        "sha256": digest,
        "paper_sha256": made.sha256,
        "unprintable": list(made.unprintable),
    }


def _form_table(one: Any) -> str:
    lines = [f"{one['number']} {one['document'] or ''} 已存为 {one['file']}"]
    return "\n".join([*lines, *one["unprintable"]])
