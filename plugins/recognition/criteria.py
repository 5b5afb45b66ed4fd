"""What an exemplar is chosen by: mục III of the guidance of 2020, each point under its own number. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.content.vocabulary.terms import COLLECTIVE, INDIVIDUAL

if TYPE_CHECKING:
    from plugins.content.vocabulary.terms import ExemplarKind

BASIS = "mục III Hướng dẫn triển khai thực hiện “Năm Dân vận khéo” 2020"


@dataclass(frozen=True)
class Criterion:
    """One point: the head of its column, its number in the guidance, and what it asks."""

    head: str
    number: str
    text: str


FOR_ALL = (
    Criterion("1", "III.1", "có ở mọi lĩnh vực, mọi địa bàn, trước hết là những lĩnh vực, địa bàn trọng điểm"),
    Criterion("2", "III.1", "tạo được sự đồng thuận, có người dân cùng tham gia"),
    Criterion("3", "III.1", "do tập thể, cá nhân cán bộ, đảng viên đứng ra làm"),
    Criterion("4", "III.1", "được bình xét công khai"),
    Criterion("5", "III.1", "có sức thuyết phục, có sức lan tỏa"),
    Criterion("6", "III.1", "nơi khác có thể làm theo, nhân rộng"),
)
_FOR_COLLECTIVES = Criterion(
    "7",
    "III.2",
    "với tập thể: trọng tâm là cơ sở, nơi gặp gỡ, tuyên truyền, vận động và giải quyết việc của dân trực tiếp, "
    "thường xuyên",
)
_FOR_INDIVIDUALS = Criterion(
    "8",
    "III.3",
    "với cá nhân: là cán bộ Mặt trận, đảng viên, công chức, viên chức, đoàn viên, hội viên làm việc trong hệ thống "
    "chính trị; có cách làm sáng tạo, hiệu quả, gắn với nhiệm vụ được giao; được chính tập thể của mình bình chọn, "
    "công nhận",
)
OWN = (_FOR_COLLECTIVES, _FOR_INDIVIDUALS)


def own_criterion(kind: ExemplarKind) -> Criterion | None:
    """Return the point for this kind alone; None for a model, of which the guidance says nothing apart."""
    return {COLLECTIVE: _FOR_COLLECTIVES, INDIVIDUAL: _FOR_INDIVIDUALS}.get(kind)
