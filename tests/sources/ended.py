"""A small country whose councils were merged: seeds with a register that gives beginnings, ends and successors."""

from __future__ import annotations

import hashlib
from pathlib import Path

PAPER = "Old Ashford Council and Old Bexford Council share the Weir service.\nAshbex Council joined the Weir board.\n"
REGISTER = """\
id,name,tier,start,end,replaced_by
old-ashford-council,Old Ashford Council,district,1974-04-01,2019-03-31,ashbex-council
old-bexford-council,Old Bexford Council,district,,2019-03-31,ashbex-council
ashbex-council,Ashbex Council,unitary,2019-04-01,,
lone-council,Lone Council,district,,2009-03-31,
"""
ENTITIES = """\
- {id: old-ashford-council, kind: Authority, name: Old Ashford Council, aliases: [Old Ashford]}
- {id: old-bexford-council, kind: Authority, name: Old Bexford Council}
- {id: ashbex-council, kind: Authority, name: Ashbex Council}
- {id: lone-council, kind: Authority, name: Lone Council}
- {id: weir-service, kind: SharedService, name: Weir service}
- {id: weir-board, kind: Partnership, name: Weir board}
- {id: weir-councils, kind: Group, name: the Weir councils}
"""
FACTS = """\
source: {{id: weir-paper, title: The Weir paper, date: 2015-06, file: sources/paper.txt, sha256: {sha}}}
says:
- quote: "Old Ashford Council and Old Bexford Council share the Weir service."
  facts:
  - {{subject: old-ashford-council, relation: USES, object: weir-service}}
  - {{subject: old-bexford-council, relation: USES, object: weir-service}}
- quote: "Ashbex Council joined the Weir board."
  facts:
  - {{subject: ashbex-council, relation: MEMBER_OF, object: weir-board}}
"""
PLACES = """\
source: {{id: weir-register, title: Register of the Weir, date: 2020, file: registers/weir.csv, sha256: {sha}}}
places:
- {{group: weir-councils, where: {{tier: district}}}}
"""


def write_ended(folder: Path, register: str = REGISTER) -> Path:
    """The seeds in a folder."""
    for name in ("sources", "facts", "registers"):
        (folder / name).mkdir(parents=True)
    (folder / "entities.yaml").write_text(ENTITIES)
    (folder / "sources/paper.txt").write_text(PAPER)
    (folder / "registers/weir.csv").write_text(register)
    (folder / "facts/paper.yaml").write_text(FACTS.format(sha=hashlib.sha256(PAPER.encode()).hexdigest()))
    (folder / "registers/weir.yaml").write_text(PLACES.format(sha=hashlib.sha256(register.encode()).hexdigest()))
    return folder
