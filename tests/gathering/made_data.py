"""Open data of invented sites, as their own programs would publish it."""

from __future__ import annotations

import json
from typing import Any

from plugins.content.members.open_data import SHAPES


def make_row(origin: str, number: int = 1, **instead: Any) -> dict[str, Any]:
    """Return an exemplar in version 2."""
    slug = f"kenh-so-{number}"
    row = {
        "id": slug,
        "name": f"Kênh số {number}",
        "title": f"Bà con hiến đất làm kênh số {number}",
        "kind": "Mô hình",
        "field": "Kinh tế",
        "other_fields": ["Quốc phòng – An ninh"],
        "commune_id": "xa-nam-dong",
        "commune": "xã Nam Dong cũ",
        "commune_today_id": "xa-nam-dong-2025",
        "commune_today": "xã Nam Dong mới",
        "year": 2026,
        "date": "2026-05-19",
        "updated": "2026-06-01",
        "summary": "Bà con Đắk D’rông góp công, hiến đất.",
        "results": ["1.200 m kênh", "45 hộ có nước tưới"],
        "commendations": ["Giấy khen, cấp xã, 2026"],
        "movements": ["Nông thôn mới"],
        "replicates": "",
        "replicated_by": 0,
        "recognised": "có",
        "sample": "không",
        "url": f"{origin}/bai-viet/2026/{slug}/",
        "field_id": "kinh-te",
        "kind_id": "mo-hinh",
        "place_type": "xã",
        "replicates_url": "",
    }
    return row | instead


def make_data(origin: str, rows: list[Any] | None = None, **instead: Any) -> dict[str, Any]:
    """Return the open data of a site in version 2, with one exemplar where no rows are given."""
    site = {"name": "Dân vận khéo", "office": "Ủy ban MTTQ Việt Nam xã", "level": "xã", "area": "Lâm Đồng"}
    data = {
        "version": 2,
        "schema": f"{origin}/du-lieu/dien-hinh.schema.json",
        "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/deed.vi",
        "site": site | {"url": origin},
        "replications": "",
        "exemplars": [make_row(origin)] if rows is None else rows,
    }
    return data | instead


def make_first_version(origin: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the same rows as version 1 had them."""
    keys = [key for key, shape in SHAPES.items() if shape.since == 1]
    head = {"licence": "CC BY 4.0", "licence_url": "https://creativecommons.org/licenses/by/4.0/deed.vi"}
    return head | {"exemplars": [{key: row[key] for key in keys} for row in rows]}


def as_bytes(data: Any) -> bytes:
    """Return JSON as a site publishes it."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
