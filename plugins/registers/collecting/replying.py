"""Write the message that goes back to a commune: plain text, to be pasted into Zalo or a mail. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.territory import front
from plugins.content.vocabulary.terms import is_placeholder
from plugins.registers.collecting.faults import tell_faults
from plugins.registers.reminder import name_office

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plugins.content.vocabulary.terms import Office
    from plugins.registers.collecting.comparing import Findings
    from plugins.registers.ranges import Holder

# With more faults than this, the rest is only counted.
_MOST = 60


def write_reply(holder: Holder | None, files: Sequence[Findings], year: int, office: Office | None) -> str:
    """Return the message about all files of a holder that need correction; "" when none does."""
    asked = [one for one in files if one.must_go_back]
    if not asked:
        return ""
    sender = name_office(office) if office and not is_placeholder(office.name) else "Chúng tôi"
    if holder is None:
        lines = [f"{sender} đã nhận tệp dưới đây mà chưa dùng được:"]
    else:
        kind = holder.commune.type if holder.commune else "đơn vị"
        lines = [f"Kính gửi: {_address(holder)}", ""]
        lines.append(f"{sender} đã nhận sổ đăng ký “Dân vận khéo” năm {year} của {kind}. Đề nghị xem lại mấy chỗ sau:")
    for one in asked:
        lines += ["", f"Tệp {one.submission.name}:"]
        told = tell_faults(one.to_send_back)
        told += [f"{code} “{name}” có trong sổ mà tệp không có: xin rút hay ghi sót?" for code, name in one.gone]
        lines += _cut(f"{number}. {_end(line)}" for number, line in enumerate(told, 1))
        if one.advice:
            lines += ["Nên xem thêm:", *_cut(f"- {_end(line)}" for line in tell_faults(one.advice))]
    # The fault of a whole file says what to send instead.
    if any(one.gone or any(fault.line for fault in one.to_send_back) for one in asked):
        lines += ["", "Sửa ngay trong tệp ấy, giữ nguyên cột Mã, rồi gửi lại cả tệp."]
    return "\n".join([*lines, "", "Trân trọng cảm ơn."])


def _cut(lines: Iterable[str]) -> list[str]:
    listed = [*lines]
    more = len(listed) - _MOST
    return [*listed[:_MOST], f"… và {more} chỗ nữa."] if more > 0 else listed


def _end(line: str) -> str:
    return line if line.endswith("?") else f"{line}."


def _address(holder: Holder) -> str:
    commune = holder.commune
    return front.addressee(commune) if commune else "đơn vị của cơ quan"
