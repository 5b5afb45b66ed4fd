"""Read one register, with its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.registers.register_files import load_registers
from plugins.content.vocabulary.files import load_vocabulary
from plugins.sources.problem import Level
from tests.registers.conftest import CSV, XLSX

if TYPE_CHECKING:
    from plugins.content.registers.registration import Registration
    from plugins.sources.problem import Problem
    from tests.conftest import Project

AS_TEXT = "chọn kiểu Văn bản (Text) cho ô rồi gõ lại"
PASTE_VALUES = "chép cột ấy rồi dán lại bằng Dán giá trị (Paste Values)"
OTHERS = "đúng vậy thì cứ để; dòng nào là của sổ thì điền đủ các ô bắt buộc"


def read(project: Project, content: bytes | str) -> tuple[list[Registration], list[Problem]]:
    """Return the registrations of a register, a workbook where it is bytes, and its problems in their order."""
    project.write(CSV if isinstance(content, str) else XLSX, content)
    registers, problems = load_registers(project.path / "content/dang-ky", load_vocabulary(project.path)[0], {})
    return list(registers[2020].registrations) if 2020 in registers else [], sorted(problems)


def told(project: Project, content: bytes | str) -> list[str]:
    """Return the problems of a register as line and text."""
    return [str(problem).partition(":")[2] for problem in read(project, content)[1]]


def errors(problems: list[Problem]) -> list[int]:
    """Return the lines of errors."""
    return [problem.line for problem in problems if problem.level is Level.ERROR]
