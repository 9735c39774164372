"""Small files of grants for tests, in the forms that publishers use."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from service.identity.bodies import KnownEntity

GRANT: dict[str, Any] = {
    "id": "360G-test-1",
    "title": "Roof & rafters",
    "description": "A new roof",
    "currency": "GBP",
    "amountAwarded": 1500,
    "awardDate": "2021-01-26T00:00:00+00:00",
    "plannedDates": [{"endDate": "2022-01-31"}],
    "fundingOrganization": [{"id": "GB-CHC-100", "name": "The Test Trust"}],
    "recipientOrganization": [{"id": "GB-CHC-200", "name": "Village Hall Ltd"}],
    "grantProgramme": [{"title": "Buildings"}],
}
WINCHESTER = KnownEntity(
    "winchester-city-council",
    "Winchester City Council",
    "Authority",
    ("winchester city council", "winchester"),
    code="WIN",
)
TITLES = (
    *("Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "Planned Dates:End Date"),
    *("Recipient Org:Identifier", "Recipient Org:Name", "Funding Org:Identifier", "Funding Org:Name"),
    *("Grant Programme:Title", "A column of their own"),
)
CELLS = (
    *("360G-test-1", "Roof & rafters", "A new roof", "GBP", "1,500", "2021-01-26", "2022-01-31"),
    *("GB-CHC-200", "Village Hall Ltd", "GB-CHC-100", "The Test Trust", "Buildings", "=HYPERLINK(1)"),
)


def grant(**changed: Any) -> dict[str, Any]:
    """The grant above, with some of it changed; what is None is left out."""
    made = copy.deepcopy(GRANT) | changed
    return {key: value for key, value in made.items() if value is not None}


def written(path: Path, grants: list[dict[str, Any]], *, encoding: str = "utf-8") -> Path:
    path.write_bytes(json.dumps({"version": "1.4", "grants": grants}, indent=1, ensure_ascii=False).encode(encoding))
    return path
