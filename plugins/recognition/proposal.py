"""A proposal to commend: its level, form and addressee. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.content.registers.act import LEVELS, SPELLED_LEVELS
from plugins.content.territory import front
from plugins.content.territory.kinds import DISTRICTS_ENDED, PRAISING, Tier
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import capitalize

if TYPE_CHECKING:
    from plugins.official.issuer import Issuer

_TIER_LEVELS = {tier: level for level, tier in PRAISING.items() if tier is not None}
parse_level = values.choice("Cấp", {level: level for level in LEVELS}, SPELLED_LEVELS)


@dataclass(frozen=True)
class Proposal:
    """A proposal of commendations of one level, and of one form, "" if it is left open."""

    issuer: Issuer
    level: str
    form: str

    @property
    def is_own(self) -> bool:
        """Whether the issuer's own committee commends."""
        return self.issuer.tier is not None and PRAISING[self.level] is self.issuer.tier

    @property
    def submitter(self) -> str:
        """The proposer: the office to its own board, or the board to the one above."""
        return self.issuer.short if self.is_own else self.issuer.standing

    @property
    def addressee(self) -> str:
        """The standing board of the issuer's committee, or of the one above."""
        name = self.issuer.name if self.is_own else self.issuer.parent
        return front.standing_board(front.abbreviate(name))

    @property
    def request(self) -> str:
        """The request to commend, or to propose it to a higher level."""
        what = f"tặng {self.form}" if self.form else "khen thưởng"
        of = "trung ương" if self.level == "trung ương" else f"cấp {self.level}"
        if self.is_own or PRAISING[self.level] is _parent_tier(self.issuer):
            return f"xem xét, {what}"
        return f"xem xét, trình {of} {what}"

    @property
    def level_title(self) -> str:
        """The level as in a title."""
        return capitalize("trung ương" if self.level == "trung ương" else f"cấp {self.level}")


def make_proposal(issuer: Issuer, level: str, form: str) -> Proposal:
    """Return a proposal, of the issuer's own level by default; Invalid for a level that it cannot propose to."""
    own = issuer.tier
    # A hamlet's board cannot commend.
    usual = Tier.COMMUNE if own is Tier.HAMLET else own
    chosen = str(parse_level(level)) if level else _TIER_LEVELS.get(usual, "") if usual else ""
    if not chosen:
        raise Invalid("Chưa rõ cấp khen thưởng", "thêm --level, hoặc điền cấp của cơ quan trong co-quan.yaml")
    tier = PRAISING[chosen]
    if own is Tier.HAMLET is tier:
        raise Invalid(f"{issuer.short} không tự trình mình khen thưởng", "đề nghị cấp xã trở lên, hay để trống --level")
    if own and tier and tier < own:
        fix = f"đề nghị cấp {_TIER_LEVELS[own]} trở lên; hoặc lập của nơi ấy: --commune"
        raise Invalid(f"Cấp {chosen} ở dưới cấp của {issuer.short}", fix)
    if tier is Tier.DISTRICT and own is not Tier.DISTRICT and issuer.day > DISTRICTS_ENDED:
        raise Invalid("Từ ngày 1/7/2025 không còn cấp huyện", "đề nghị cấp tỉnh")
    return Proposal(issuer, chosen, capitalize(" ".join(form.split())))


def _parent_tier(issuer: Issuer) -> Tier | None:
    own = issuer.tier
    if own is Tier.COMMUNE:
        return Tier.DISTRICT if issuer.day <= DISTRICTS_ENDED else Tier.PROVINCE
    return {Tier.HAMLET: Tier.COMMUNE, Tier.DISTRICT: Tier.PROVINCE}.get(own) if own else None
