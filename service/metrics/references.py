"""Where the works behind the metrics can be read."""

from __future__ import annotations

import re

_DOI = "https://doi.org/"

REFERENCES: dict[str, str | None] = {
    "Blondel et al. 2008": f"{_DOI}10.1088/1742-5468/2008/10/P10008",
    "Boldi & Vigna 2014": f"{_DOI}10.1080/15427951.2013.865686",
    "Borassi & Natale 2019": f"{_DOI}10.1145/3284359",
    "Borgatti & Everett 1997": f"{_DOI}10.1016/S0378-8733(96)00301-2",
    "Borgatti & Everett 1999": f"{_DOI}10.1016/S0378-8733(99)00019-2",
    "Borgatti 1997": "http://www.analytictech.com/connections/v20(1)/holes.htm",
    "Borgatti 2006": f"{_DOI}10.1007/s10588-006-7084-x",
    "Brandes 2001": f"{_DOI}10.1080/0022250X.2001.9990249",
    "Burt 1992": f"{_DOI}10.4159/9780674029095",
    "Eppstein & Wang 2004": f"{_DOI}10.7155/jgaa.00081",
    "Freeman 1978": f"{_DOI}10.1016/0378-8733(78)90021-7",
    "Herfindahl 1950": None,  # a dissertation of Columbia University that stands nowhere to be linked to
    "Hirschman 1964": "https://www.jstor.org/stable/1818582",
    "Hoeffding 1963": f"{_DOI}10.1080/01621459.1963.10500830",
    "Kernighan & Lin 1970": f"{_DOI}10.1002/j.1538-7305.1970.tb01770.x",
    "Krackhardt & Stern 1988": f"{_DOI}10.2307/2786835",
    "Newman 2001": f"{_DOI}10.1103/PhysRevE.64.016132",
    "Newman 2006": f"{_DOI}10.1073/pnas.0601602103",
    "Riondato & Kornaropoulos 2016": f"{_DOI}10.1007/s10618-015-0423-0",
    "Robins & Alexander 2004": f"{_DOI}10.1023/B:CMOT.0000032580.12184.c0",
    "Schneider et al. 2011": f"{_DOI}10.1073/pnas.1009440108",
    "Seidman 1983": f"{_DOI}10.1016/0378-8733(83)90028-X",
    "Staudt & Meyerhenke 2016": f"{_DOI}10.1109/TPDS.2015.2390633",
    "Wasserman & Faust 1994": f"{_DOI}10.1017/CBO9780511815478",
}
"""Addresses by author and year; None for a work that has none."""


def linked(citation: str) -> list[tuple[str, str | None]]:
    """A citation in pieces, each work with its address; None for the words between and a work that has no address."""
    works = "|".join(re.escape(work) for work in sorted(REFERENCES, key=len, reverse=True))
    return [(piece, REFERENCES.get(piece)) for piece in re.split(f"({works})", citation) if piece]
