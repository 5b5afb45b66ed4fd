"""The registrations of a year to be reviewed or commended, and the proposal to commend them. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from plugins.content.content import Content, stories_by_code
from plugins.content.registers.act import LEVELS, PRAISES, SPELLED_LEVELS, ActKind
from plugins.content.registers.registration import Registration, parse_code
from plugins.content.stories.story import Story
from plugins.content.territory import front
from plugins.content.territory.kinds import DISTRICTS_ENDED, PRAISING, Tier
from plugins.official.issuer import Issuer
from plugins.sources import values
from plugins.sources.problem import Invalid, suggest
from plugins.vietnamese import capitalize, format_date, format_number

# The reason to leave out a registration; "" for none.
Obstacle = Callable[[Registration], str]


@dataclass(frozen=True)
class Candidates:
    """Registrations chosen, by place and code, the others with their reason, and `told`, the stories by code."""

    year: int
    issuer: Issuer
    chosen: tuple[Registration, ...]
    others: tuple[tuple[Registration, str], ...]
    told: Mapping[str, Story]

    @property
    def notice(self) -> str:
        """The line on sample data among them; "" if there is none."""
        if made_up := sum(map(self.is_sample, self.chosen)):
            counts = f"{format_number(made_up)} trong {format_number(len(self.chosen))}"
            return f"VĂN BẢN MINH HỌA: {counts} đăng ký là số liệu mẫu. Không dùng làm văn bản chính thức."
        return ""

    def is_sample(self, one: Registration) -> bool:
        """Return whether the registration or its story is a sample."""
        return one.sample or (one.code in self.told and self.told[one.code].sample)

    @property
    def name(self) -> str:
        """The stem of their papers' names: the year, and the commune if one issues them."""
        commune = self.issuer.commune
        return f"{self.year}-{commune.id}" if commune else str(self.year)


def parse_codes(written: str) -> tuple[str, ...]:
    """Return the codes in a text, each once; Invalid names every part that is not a code."""
    found, wrong = [], []
    for part in filter(None, map(str.strip, re.split(r"[,;\n]", written))):
        try:
            found.append(parse_code(part))
        except Invalid:
            wrong.append(part)
    if wrong:
        fix = "viết DK, năm và số thứ tự, cách nhau bằng dấu phẩy, ví dụ DK-2020-012, DK-2020-013"
        raise Invalid(f"Không phải mã đăng ký: {', '.join(wrong)}", fix)
    return tuple(dict.fromkeys(found))


def keep_from_review(one: Registration) -> str:
    """Return the reason not to review a registration, or ""."""
    return _stopped(one) or _happened(one, ActKind.REVIEW) or _happened(one, ActKind.RECOGNITION)


def keep_from_commendation(one: Registration) -> str:
    """Return the reason not to propose a registration for commendation, or ""."""
    return _stopped(one) or _happened(one, *PRAISES) or keep_unrecognised(one)


def keep_unrecognised(one: Registration) -> str:
    """Return the reason why a registration named by its code cannot be commended, even again, or ""."""
    return _stopped(one) or ("" if one.has(ActKind.RECOGNITION) else "chưa được công nhận")


def _stopped(one: Registration) -> str:
    return "đã dừng" if one.is_stopped else ""


def _happened(one: Registration, *kinds: ActKind) -> str:
    act = next((act for act in (*one.acts, *one.undated) if act.kind in kinds), None)
    when = f" ngày {format_date(act.day)}" if act and act.day else ""
    return f"đã được {act.kind.label}{when}" if act else ""


def choose(
    content: Content, year: int, issuer: Issuer, codes: Sequence[str], obstacles: Sequence[Obstacle], *, samples: bool
) -> Candidates:
    """Return the candidates of a year: those of the issuer's place without an obstacle, or those of the codes.

    `obstacles` are one for registrations of the place, and one for those named by code. Invalid names every code that
    is not in the register, belongs to another place or has an obstacle.
    """
    obstacle, obstacle_of_code = obstacles
    if year not in content.registers:
        known = ", ".join(map(str, sorted(content.registers))) or "chưa có năm nào"
        raise Invalid(f"Chưa có sổ đăng ký năm {year}", f"sửa năm (đã có: {known}), hoặc đặt sổ vào content/dang-ky/")
    there = [one for one in content.registrations(samples=samples).values() if one.year == year]
    told = stories_by_code(one for one in content.stories if not one.draft and (samples or not one.sample))
    if codes:
        chosen, others = _find(codes, there, issuer, obstacle_of_code, year), []
    else:
        own = [(one, obstacle(one)) for one in sorted(there, key=_order) if _is_of(one, issuer)]
        chosen, others = [one for one, reason in own if not reason], [(one, reason) for one, reason in own if reason]
    return Candidates(year, issuer, tuple(sorted(chosen, key=_order)), tuple(others), told)


def _find(
    codes: Sequence[str], there: Sequence[Registration], issuer: Issuer, obstacle: Obstacle, year: int
) -> list[Registration]:
    by_code = {one.code: one for one in there}
    chosen, wrong = [], []
    for code in codes:
        if (one := by_code.get(code)) is None:
            wrong.append(f"{code} không có trong sổ đăng ký năm {year} ({suggest(code, by_code, 'xem lại mã')})")
        elif not _is_of(one, issuer):
            wrong.append(f"{code} là của {one.commune.full_name if one.commune else 'cơ quan'}")
        elif reason := obstacle(one):
            wrong.append(f"{code} {reason}")
        else:
            chosen.append(one)
    if wrong:
        raise Invalid("; ".join(wrong), "bỏ mã ấy ra, hoặc sửa mã; mã nào ghi nhầm trong sổ thì sửa sổ")
    return chosen


def _is_of(one: Registration, issuer: Issuer) -> bool:
    """Return whether a registration is of the issuer's place or a predecessor; all are of the office's."""
    where, commune = issuer.commune, one.commune
    return where is None or (commune is not None and where.id in (commune.id, issuer.vocabulary.today(commune).id))


def _order(one: Registration) -> tuple[object, ...]:
    return (one.commune.sort_key if one.commune else (), one.by_code)


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
        return front.standing_board(front.abbreviate(self.issuer.name if self.is_own else self.issuer.parent))

    @property
    def request(self) -> str:
        """The request to commend, or to propose it to a higher level."""
        what = f"tặng {self.form}" if self.form else "khen thưởng"
        is_decided_there = self.is_own or PRAISING[self.level] is _parent_tier(self.issuer)
        return f"xem xét, {what}" if is_decided_there else f"xem xét, trình {self.level_name} {what}"

    @property
    def level_name(self) -> str:
        """The level within a sentence."""
        return "trung ương" if self.level == "trung ương" else f"cấp {self.level}"


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
