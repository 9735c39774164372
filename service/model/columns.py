"""The graph as two tables: every column of entities and of facts, with its type."""

from __future__ import annotations

from datetime import date

Columns = dict[str, type]

ENTITIES: Columns = {
    **{"id": str, "kind": str, "name": str, "aliases": list, "summary": str, "dataset": str},
    **{"code": str, "org_id": str, "tier": str, "gss_code": str, "county": str, "region": str, "nation": str},
    **{"start": str, "end": str, "count": int, "complete": bool, "date": str, "date_note": str, "recorded": date},
    **{"publisher": str, "licence": str, "file": str, "sha256": str, "text": str, "measure": str, "amount": float},
    **{"unit": str, "period": str, "estimated_by": str, "approximate": bool},
}

FACTS: Columns = {
    **{"fact": str, "subject": str, "subject_name": str, "relation": str, "object": str, "object_name": str},
    **{"role": str, "amount": float, "currency": str, "joint": str, "award": str, "programme": str},
    **{"basis": str, "modality": str, "source": str, "quote": str, "line": int, "start": int, "note": str},
    **{"valid_from": str, "valid_until": str, "recorded": date, "holds_from": date, "holds_until": date},
    **{"dataset": str},
}
