"""What is found of protected data in a text: where, of which kind, how surely (X 第六条, T 第七条（二）)."""

from __future__ import annotations

from dataclasses import dataclass

KIND_WORDS = {
    "name": "网友姓名",
    "contact": "网友联系方式",
    "work_unit": "网友工作单位",
    "home": "网友住址",
    "id_card": "身份证号",
    "social_security": "社会保障号",
    "certificate": "护照、通行证等证件号",
    "mobile": "手机号码",
    "landline": "电话号码",
    "bank_card": "银行卡号或账号",
    "email": "电子邮箱",
    "account": "微信、QQ 等账号",
    "plate": "车牌号",
    "ip": "IP 地址",
    "address": "住址",
}
"""Every kind of `Hit` in the office's words, the weightiest first: where two overlap, the first gives its name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Protected words at ``[start, end)`` of the text looked at. `kind` is a key of `KIND_WORDS`.

    Not `sure`: the shape fits, a check figure does not, or there is none and nothing announces the number.
    """

    start: int
    end: int
    kind: str
    text: str
    sure: bool = True
