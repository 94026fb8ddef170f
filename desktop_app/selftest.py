"""The program tests itself (`--self-test`): does all it was shipped with work on this machine, offline?

An office of invented cases is made in a temporary folder and worked on by the parts a package can lack: the
encrypted database, a migration, sheets in, papers and ledgers out, the window. One line a check.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.services.session import Session

Check = tuple[str, Callable[[Path], str]]


def run_self_test() -> int:
    """Run every check; 0 when all hold. What fails is printed with its reason, and the rest still runs."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="liuyan-self-test-", ignore_cleanup_errors=True) as name:
        for title, check in CHECKS:
            try:
                found = check(Path(name))
            except Exception:
                failed += 1
                print(f"失败  {title}\n{traceback.format_exc()}", file=sys.stderr)
            else:
                print(f"通过  {title}  {found}")
    print("自检通过。" if not failed else f"自检未通过：{failed} 项失败。")
    return 1 if failed else 0


def _deadline(folder: Path) -> str:
    from desktop_app.domain.deadlines import due_date
    from desktop_app.domain.national_notices import standard_calendar
    from desktop_app.services import regulations

    limit = regulations.load("tongliao-2023").limits.reply
    due = due_date(standard_calendar(), date(2026, 9, 24), limit)
    _expect(due == date(2026, 10, 9), f"2026-09-24 起 5 个工作日应到 2026-10-09，算得 {due}")
    return f"2026-09-24 → {due}"


def _office(folder: Path) -> str:
    from desktop_app.services import sample_office

    made = sample_office.make(folder / "office")
    _expect(made.cases > 100, "示例单位的件数不足")
    return f"{made.cases} 件"


def _verify(folder: Path) -> str:
    from desktop_app.services import verification

    session = _enter(folder)
    try:
        found = verification.verify(session)
    finally:
        session.close()
    _expect(not found.problems, "；".join(one.message for one in found.problems))
    return f"{found.events} 条记录"


def _migration(folder: Path) -> str:
    from desktop_app.services import verification

    return verification.try_migrations(folder / "migration")


def _sheet_in(folder: Path) -> str:
    from desktop_app.documents.sheets import read_table

    table = read_table(folder / "ledger.xlsx")
    _expect("登记号" in table.header, "台账读回来缺少登记号一栏")
    return f"{len(table.rows)} 行"


def _papers(folder: Path) -> str:
    from desktop_app.documents import case_papers
    from desktop_app.services import queries

    session = _enter(folder)
    try:
        query = queries.query_of(session, status="办理中")
        (case,) = queries.list_cases(session, query, 1).cases
        made = case_papers.make_paper(session, case.number, "slip")
        saved = case_papers.save_bytes(made.data, folder / "slip.docx")
    finally:
        session.close()
    _expect(saved.stat().st_size > 1000, "承办单是空的")
    return made.document


def _ledger(folder: Path) -> str:
    from desktop_app.documents.case_ledger import write_case_ledger
    from desktop_app.domain.case_queries import CaseQuery

    session = _enter(folder)
    try:
        rows = write_case_ledger(session, CaseQuery(), folder / "ledger.xlsx")
    finally:
        session.close()
    _expect(rows > 100, "台账行数不足")
    return f"{rows} 行"


def _child_process(folder: Path) -> str:
    from desktop_app.services.child_process import entry_of, run_in_child

    session = _enter(folder)
    try:
        counted = run_in_child(entry_of(session), count_cases, lambda done, total: None, lambda: False)
    finally:
        session.close()
    _expect(counted > 100, "子进程数出的件数不足")
    return f"{counted} 件"


def count_cases(session: Session, progress: Callable[[int, int], bool]) -> int:
    """The child's task: anything that needs the office."""
    from desktop_app.services import queries

    return queries.count_by_status(session).total


def _pictures(folder: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    page = document[0].render(scale=0.1)
    _expect(page.width > 0, "页面没有画出来")
    return f"{page.width}×{page.height}"


def _codes(folder: Path) -> str:
    """A code drawn, scanned as a fax and as a photograph, and read again."""
    import io

    from PIL import Image

    from desktop_app.documents.codes import code_picture
    from desktop_app.documents.scan_reading import codes_by_page, opened_scan
    from desktop_app.domain.paper_codes import PaperCode

    code = str(PaperCode("483920", "2026-0312", "slip", 1187))
    with Image.open(io.BytesIO(code_picture(code))) as picture:
        picture.save(folder / "scan.tif", compression="group4")
        picture.convert("RGB").save(folder / "scan.jpg")
    for name in ("scan.tif", "scan.jpg"):
        with opened_scan(folder / name) as scan:
            _expect(codes_by_page(scan) == ((code,),), f"{name} 上的识别码没有读出来")
    return code


def _charts(folder: Path) -> str:
    """A year's figures drawn, where the machine has a Chinese face to draw them in."""
    from desktop_app.documents import charts, figure_charts
    from desktop_app.documents.chart_faces import faces
    from desktop_app.domain.figures import Grouping
    from desktop_app.services.statistics import compared

    session = _enter(folder)
    try:
        today = session.today
        told = compared(session, today.replace(year=today.year - 1), today, (Grouping.UNIT,))
    finally:
        session.close()
    if not faces():
        return "没有中文字体，画不了图"
    chart = figure_charts.answers_chart(told, Grouping.UNIT)
    _expect(charts.png(chart, dpi=100).startswith(b"\x89PNG"), "图没有画出来")
    _expect(b"<svg" in charts.svg(chart), "矢量图没有画出来")
    return f"{len(chart.names)} 个单位"


def _server(folder: Path) -> str:
    """Nobody listens there: what comes back shows that the driver, its library and its words are all on board."""
    from desktop_app.errors import StorageProblem
    from desktop_app.services import office_place

    nowhere = office_place.ServerFields("127.0.0.1:1", "liuyan", "liuyan")
    try:
        office_place.connect(folder / "seat", nowhere)
    except StorageProblem as problem:
        _expect(problem.code == "server_lost", f"没有服务器时应为 server_lost，现为 {problem.code}")
        return "驱动可用"
    raise AssertionError("没有服务器却连上了")


def _window(folder: Path) -> str:
    from desktop_app.gui.application import try_out

    return try_out(folder / "office", *_user())


def _user() -> tuple[str, str]:
    from desktop_app.services import sample_office

    return "王敏", sample_office.PASSWORD


def _enter(folder: Path) -> Session:
    from desktop_app.services import office

    return office.enter(folder / "office", *_user())


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RuntimeError(otherwise)


CHECKS: tuple[Check, ...] = (
    ("期限计算", _deadline),
    ("建立加密的示例单位", _office),
    ("核验数据", _verify),
    ("数据库升级", _migration),
    ("制作承办单", _papers),
    ("导出台账", _ledger),
    ("读取表格", _sheet_in),
    ("子进程", _child_process),
    ("页面成像", _pictures),
    ("识别码", _codes),
    ("统计图", _charts),
    ("连接服务器的驱动", _server),
    ("打开窗口", _window),
)
