"""移交函: what happened, what looks wrong and what came of it, in the letter form; its receipt on a sheet of its own."""

from __future__ import annotations

from letter_form import letter
from office_form import halves, long_text, signing, wide
from official_text import addressee, heading, listed, signature, text
from package import Draft
from tear_off import tear_off

COURSE = (0.0, 10.0, 45.0, 64.0, 110.0, 156.0)
_MATERIALS = (0.0, 11.0, 112.0, 134.0, 156.0)


def course() -> str:
    """Every step before the transfer, with the numbers of its papers."""
    return listed(
        COURSE,
        (
            ("序号", "center", ("{{经过.序号}}",)),
            ("日期", "center", ("{{经过.日期}}",)),
            ("事项", "center", ("{{经过.事项}}",)),
            ("文书字号", "center", ("{{经过.字号}}",)),
            ("对象和情况", "left", ("{{经过.情况}}",)),
        ),
    )


def transfer_letter() -> Draft:
    materials = listed(
        _MATERIALS,
        (
            ("序号", "center", ("{{材料.序号}}",)),
            ("材料名称", "left", ("{{材料.名称}}",)),
            ("份数", "center", ("{{材料.份数}}",)),
            ("页数", "center", ("{{材料.页数}}",)),
        ),
    )
    body = "".join(
        (
            addressee(),
            text("{{缘由}}"),
            heading("一、涉及单位和人员"),
            text("{{单位与人员}}"),
            heading("二、办理经过"),
            course(),
            heading("三、涉嫌问题线索"),
            text("{{问题线索}}"),
            heading("四、后果和影响"),
            text("{{后果与影响}}"),
            heading("五、移交材料清单"),
            materials,
            signature("特此函告。请收到后将回执盖章退回我单位。", copies=False),
        )
    )
    return letter("transfer-letter.docx", "移交函", body, tear_off=tear_off("移交回执", _receipt()))


def _receipt() -> list[str]:
    return [
        halves(14, ("移交单位", "{{署名}}"), ("移交字号", "{{发文字号}}")),
        halves(14, ("移交日期", "{{成文日期}}"), ("登 记 号", "{{登记号}}")),
        wide(14, "移交机关", "{{主送}}"),
        long_text(36, "收到材料", "移交函　　份，材料　　份共　　页。"),
        long_text(40, "办理意见"),
        signing(44, "收件机关", ("收件人签字：", "联系电话："), "（公章）", "　　　　年　　月　　日"),
    ]
