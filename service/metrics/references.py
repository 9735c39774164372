"""Where the works behind the metrics can be read."""

from __future__ import annotations

_DOI = "https://doi.org/"

REFERENCES = {
    "Blondel et al. 2008": f"{_DOI}10.1088/1742-5468/2008/10/P10008",
    "Boldi & Vigna 2014": f"{_DOI}10.1080/15427951.2013.865686",
    "Borgatti & Everett 1997": f"{_DOI}10.1016/S0378-8733(96)00301-2",
    "Borgatti & Everett 1999": f"{_DOI}10.1016/S0378-8733(99)00019-2",
    "Borgatti 1997": "http://www.analytictech.com/connections/v20(1)/holes.htm",
    "Borgatti 2006": f"{_DOI}10.1007/s10588-006-7084-x",
    "Brandes 2001": f"{_DOI}10.1080/0022250X.2001.9990249",
    "Burt 1992": f"{_DOI}10.4159/9780674029095",
    "Freeman 1978": f"{_DOI}10.1016/0378-8733(78)90021-7",
    "Krackhardt & Stern 1988": f"{_DOI}10.2307/2786835",
    "Robins & Alexander 2004": f"{_DOI}10.1023/B:CMOT.0000032580.12184.c0",
    "Schneider et al. 2011": f"{_DOI}10.1073/pnas.1009440108",
    "Seidman 1983": f"{_DOI}10.1016/0378-8733(83)90028-X",
    "Wasserman & Faust 1994": f"{_DOI}10.1017/CBO9780511815478",
}
"""Addresses by author and year."""


def reference(citation: str) -> str | None:
    """The address of the first work that a metric cites; None where it cites none that stands here."""
    return REFERENCES.get(citation.partition(";")[0])
