"""Rules on forms that stand in none of the sample documents."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.documents.drafting.draft import Draft
from service.documents.drafting.drafting import draft_document
from service.documents.drafting.known import KnownNames
from service.documents.reading.read import read_bytes
from service.errors import DocumentRefused
from service.model.facts import Entity
from service.model.vocabulary import Kind

DATA = Path(__file__).parent / "data"
BOARD = "# Larkshire Safer Communities Partnership\n\nMinutes of the meeting held on Tuesday 4 June 2024 at County Hall, Larkham\n\n"


def drafts(text: str, name: str = "a.md", known: KnownNames | None = None) -> list[Draft]:
    return list(draft_document(read_bytes(name, text.encode()), known or KnownNames.of(())))


def said(found: list[Draft]) -> set[tuple[str, str, str, str]]:
    return {(d.subject.text, d.relation, d.object.text.split(",")[0], d.modality.value) for d in found}


def test_an_attendance_table_with_a_column_of_persons() -> None:
    table = (
        "| Name | Organisation | Role | Attended |\n|---|---|---|---|\n"
        "| Cllr Jane Smith | Larkshire County Council | Chair | Yes |\n"
        "| Mary Oak | Brightside Housing | Member | Apologies |\n"
        "| Tom Reed | Larkham District Council | Observer | Yes |\n"
    )
    found = drafts(BOARD + table)
    home = "Larkshire Safer Communities Partnership"
    members = {(d.subject.text, d.role, d.basis.value) for d in found if d.relation == "MEMBER_OF"}
    assert members == {("Larkshire County Council", "chair", "stated"), ("Brightside Housing", None, "implied")}
    attend = {d.subject.text for d in found if d.relation == "ATTENDS"}
    assert attend == {"Larkshire County Council", "Larkham District Council"}
    assert {d.object.text for d in found if d.relation == "ATTENDS"} == {f"{home} meeting, 4 June 2024"}


def test_a_grants_table_with_sums_asked_and_given() -> None:
    table = (
        "| Applicant | Project | Amount requested | Amount awarded | Comments |\n|---|---|---|---|---|\n"
        "| Larkham Youth Trust | Night bus | £5,000 | £3,000 | Funded in part |\n"
        "| Eastgate Residents' Association | Lighting | £2,000 | £0 | Not supported |\n"
        "| Hilltop Scouts | Minibus | £10,000 | nil | Deferred to September |\n"
        "| Street Pastors | Training | £900 | £900 | Subject to accounts being seen |\n"
    )
    given = {(d.object.text, d.amount, d.modality.value) for d in drafts(BOARD + table) if d.relation == "FUNDS"}
    assert given == {("Larkham Youth Trust", 3000, "actual"), ("Street Pastors", 900, "planned")}


def test_a_list_of_grants_without_heads() -> None:
    text = "FENLEY TOWN COUNCIL\n\nRESOLVED that the following grants be awarded:\n  Fenley Museum Trust     £1,500\n  Fenley Scouts             £750\n"
    assert {(d.subject.text, d.object.text, d.amount) for d in drafts(text, "a.txt")} == {
        ("Fenley Town Council", "Fenley Museum Trust", 1500),
        ("Fenley Town Council", "Fenley Scouts", 750),
    }


def test_a_decision_beside_what_officers_recommend() -> None:
    table = (
        "| Name of business | Amount applied for | Officer recommendation | Board decision |\n|---|---|---|---|\n"
        "| Birch Joinery Ltd | £10,000 | Approve | Agreed in full |\n| Oak Brewing Co Ltd | £8,000 | Approve £5,000 | Agreed £4,000 |\n"
        "| Elm Textiles Ltd | £12,000 | Approve | Not agreed |\n| Ash Foods CIC | £4,000 | Approve | Deferred for accounts |\n"
        "| Yew Crafts | £600 | Refuse | Agreed £600 subject to match funding |\n| Total | £34,600 | | £14,600 |\n"
    )
    given = {(d.object.text, d.amount, d.modality.value) for d in drafts(BOARD + table) if d.relation == "FUNDS"}
    assert given == {
        ("Birch Joinery Ltd", 10000, "actual"),
        ("Oak Brewing Co Ltd", 4000, "actual"),
        ("Yew Crafts", 600, "planned"),
    }


def test_who_leads_and_funds_what() -> None:
    table = (
        "| Project | Lead partner | Supporting partners | Budget | Funded by | Status |\n|---|---|---|---|---|---|\n"
        "| Safer Streets | Vale Council | Vale Police | £250,000 | Home Office | Running |\n"
        "| Night Bus | Vale Buses Ltd | | £8,000 | Vale Council | Finished 2021 |\n"
        "| River Patrol | Vale Police | | £9,000 | Vale Council | Refused |\n"
    )
    found = {(d.subject.text, d.relation, d.object.text, d.role, d.modality.value) for d in drafts(BOARD + table)}
    assert ("Home Office", "FUNDS", "Safer Streets", None, "actual") in found
    assert ("Vale Police", "TAKES_PART_IN", "Safer Streets", "supporter", "actual") in found
    assert ("Vale Buses Ltd", "TAKES_PART_IN", "Night Bus", "lead", "ended") in found
    assert not [each for each in found if each[2] == "River Patrol"]


def test_grants_as_entries_of_a_list() -> None:
    text = (
        "DOWNBROOK PARISH COUNCIL\n\n23/05 Grants (s137)\nThe following applications were considered:\n"
        "a) Downbrook Hall Trust - £1,200 for new chairs - APPROVED £800\nb) Vale Air Ambulance - £500 - REFUSED\n"
        "c) Downbrook Cricket Club - £350 for a mower - APPROVED\nd) Citizens Advice Vale - £200 - deferred to March\n"
    )
    given = {(d.subject.text, d.object.text, d.amount, d.basis.value) for d in drafts(text, "a.txt")}
    home = "Downbrook Parish Council"
    assert given == {(home, "Downbrook Hall Trust", 800, "stated"), (home, "Downbrook Cricket Club", 350, "implied")}


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("The Wold Partnership took over from the Wold Forum in 2016.", "actual"),
        ("The work of the Wold Forum is done. The Wold Partnership replaces the Wold Forum in April 2031.", "planned"),
        ("Vale Police sits on the Wold Partnership as a full member and would chair it if asked.", "actual"),
        ("Vale Police has the chair of the Wold Partnership until May 2031.", "actual"),
    ],
)
def test_the_day_and_the_part_of_the_sentence_tell_what_holds(sentence: str, modality: str) -> None:
    assert {d.modality.value for d in drafts(BOARD + sentence) if d.rule.startswith("prose")} == {modality}


def test_lines_of_names_under_a_label() -> None:
    text = (
        "Ashdale Housing Partnership\nMinutes of meeting held 5 July 2023\n\nPresent:\nCllr Ann Mole - Ashdale District Council (Chair)\n"
        "John Pike - Homes England\n\nApologies:\nKim Swift - Citizens Advice Ashdale\n\n1. Projects\n"
        "The board heard of the projects, which are going on as they did before, and then\nwent home for its tea.\n"
    )
    found = said(drafts(text, "a.txt"))
    home = "Ashdale Housing Partnership"
    assert ("Ashdale District Council", "MEMBER_OF", home, "actual") in found
    assert ("Homes England", "ATTENDS", f"{home} meeting", "actual") in found
    assert ("Citizens Advice Ashdale", "MEMBER_OF", home, "actual") in found
    assert ("Citizens Advice Ashdale", "ATTENDS", f"{home} meeting", "actual") not in found


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Larkshire Police gave £5,000 to the Night Bus Project.", "actual"),
        ("Larkshire Police will give £5,000 to the Night Bus Project.", "planned"),
        ("Larkshire Police would give £5,000 to the Night Bus Project.", "hypothetical"),
        ("Larkshire Police gave £5,000 to the Night Bus Project, subject to a signed agreement.", "planned"),
        ("Larkshire Police has promised £5,000 to the Night Bus Project.", "planned"),
        ("Larkshire Police might give £5,000 to the Night Bus Project.", "hypothetical"),
        ("Larkshire Police did not give £5,000 to the Night Bus Project.", None),
        ("Larkshire Police was asked for £5,000 for the Night Bus Project and refused.", None),
        ("A bid to Larkshire Police for £5,000 for the Night Bus Project was deferred.", None),
    ],
)
def test_what_words_make_of_a_gift(sentence: str, modality: str | None) -> None:
    found = [d for d in drafts(BOARD + sentence) if d.relation == "FUNDS"]
    assert [(d.subject.text, d.object.text, d.amount, d.modality.value) for d in found] == (
        [("Larkshire Police", "Night Bus Project", 5000, modality)] if modality else []
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "A bid to Vale Council for £5,000 for the Bus Project is being written.",
        "Vale Council considered giving £5,000 to the Bus Project but thought better of it.",
        "Had Vale Council given £5,000 to the Bus Project, it would have run.",
        "It was proposed that Vale Council give £5,000 to the Bus Project; the motion fell.",
        "Vale Council no longer gives £5,000 to the Bus Project.",
        "Vale Council may give £5,000 to the Bus Project.",
        "Vale Council should give £5,000 to the Bus Project.",
        "Vale Council stopped giving £5,000 to the Bus Project in 2020.",
        "The grant of £5,000 from Vale Council to the Bus Project was repaid.",
        "Rumour has it that Vale Council gave £5,000 to the Bus Project.",
        "Nobody could say whether Vale Council gave £5,000 to the Bus Project.",
        "RESOLVED to consider a grant of £5,000 to Vale Heritage Trust in July.",
        "Neither Vale Police nor Vale Council is a member of the Wold Partnership.",
        "Vale Police has been invited to join the Wold Partnership.",
        "Plans for the Wold Hub to be based at Mill House were dropped.",
        "The Wold Project is run by volunteers, not by Vale Heritage Trust.",
        "All but Vale Police use the Legal Advice Service.",
        "The Wold Partnership did not replace the Wold Forum.",
    ],
)
def test_what_is_not_so_is_never_drafted_as_so(sentence: str) -> None:
    assert not [
        d
        for d in drafts(BOARD + sentence)
        if d.modality.value == "actual" and d.rule != "minutes-meeting" and d.rule != "minutes-place"
    ]


def test_a_person_without_a_title_is_no_body_either() -> None:
    text = (
        "# Dale Youth Partnership\n\nNotes of the board meeting of 3 May 2022\n\nPresent:\n\n- Mary Ann Lee (Dale Youth Voice)\n"
        "- Grace Hall, Hill Ward\n- John Smith\n- Oluwaseun Adeyemi\n- Vale Police: Rob Day\n- Priya Patel, Chief Executive, Dale Council\n\n"
        "Apologies: Kim Ng, Tunde Bello\n\nMary Ann Lee runs the Skate Project. The Skate Project is run by Peter Ackland. Jane Doe "
        "gave £50 to the Skate Project. Dale Council supported Oluwaseun Adeyemi.\n"
    )
    named = {end.text for d in drafts(text) for end in (d.subject, d.object)}
    assert named == {
        *("Dale Youth Partnership", "Dale Youth Partnership meeting, 3 May 2022"),
        *("Dale Youth Voice", "Vale Police", "Dale Council"),
    }


def test_a_list_of_bodies_has_bodies_whose_words_tell_nothing() -> None:
    text = "# Dale Youth Partnership\n\n## Members\n\n- Dale Council\n- Vale Police\n- Springboard\n- Reach Out\n"
    assert {d.subject.text for d in drafts(text)} == {"Dale Council", "Vale Police", "Springboard", "Reach Out"}


def test_a_list_of_decisions() -> None:
    text = (
        "# Cabinet decision notice: Marshland District Council\n\nThe Cabinet of Marshland District Council made these decisions:\n\n"
        "1. That a grant of £25,000 be awarded to Marsh Sports Trust, subject to planning permission.\n"
        "2. That the application from Fen Arts CIC for £12,000 be refused.\n"
        "3. To accept £300,000 from the Environment Agency for the Marsh Flood Scheme.\n"
        "4. To defer a decision on the request of Marsh Food Bank for £4,000.\n"
        "5. That £7,500 be paid to the Marsh Youth Club, and £2,500 to Fen Scouts.\n"
    )
    home = "Marshland District Council"
    assert {(d.subject.text, d.object.text, d.amount, d.modality.value) for d in drafts(text)} == {
        (home, "Marsh Sports Trust", 25000, "planned"),
        ("Environment Agency", "Marsh Flood Scheme", 300000, "planned"),
        (home, "Marsh Youth Club", 7500, "actual"),
        (home, "Fen Scouts", 2500, "actual"),
    }


def test_ticks_stars_and_sums_in_brackets() -> None:
    text = (
        "# Hollin Valley Health Partnership\n\nMinutes of the Board meeting held on 7 February 2024\n\n"
        "| Member | Organisation | In attendance |\n|---|---|---|\n| Dr Amy Stone (Chair) | NHS Hollin Integrated Care Board | ✓ |\n"
        "| Cath Hill | Hollin Hospitals NHS Foundation Trust | Apologies |\n\n## Grants\n\n"
        "| Group | Applied for (£) | Awarded (£) |\n|---|---|---|\n| Hollin Carers | 4,000 | 2,500 |\n| Stone Circle Choir | 1,000 | 1,000† |\n\n"
        "† subject to a bank account being opened\n\nThe Prevention Fund is paid for by Hollin Council (£40,000) and the ICB (£60,000).\n"
    )
    found = drafts(text)
    attend = {(d.subject.text, d.role) for d in found if d.relation == "MEMBER_OF"}
    assert ("NHS Hollin Integrated Care Board", "chair") in attend
    money = {(d.subject.text, d.object.text, d.amount, d.modality.value) for d in found if d.relation == "FUNDS"}
    assert money == {
        ("Hollin Valley Health Partnership", "Hollin Carers", 2500, "actual"),
        ("Hollin Valley Health Partnership", "Stone Circle Choir", 1000, "planned"),
        ("Hollin Council", "Prevention Fund", 40000, "actual"),
        ("NHS Hollin Integrated Care Board", "Prevention Fund", 60000, "actual"),
    }


def test_contributions_listed_in_a_sentence_and_services_shared() -> None:
    text = (
        "# Marsh and Fen Joint Waste Committee\n\nReport of the Treasurer to the meeting of 10 March 2021\n\n"
        "Contributions for 2021/22 have been agreed as follows: Marsh District Council £120,000; Fen District Council £95,000.\n\n"
        "Trade waste services are shared between Marsh District Council and Fen District Council. Payroll is bought in from Holland "
        "County Council. The Keep Fenland Tidy campaign is supported by Fen Rotary, which gave £500.\n"
    )
    found = {(d.subject.text, d.relation, d.object.text, d.amount, d.modality.value) for d in drafts(text)}
    home = "Marsh and Fen Joint Waste Committee"
    assert found >= {
        ("Marsh District Council", "FUNDS", home, 120000, "planned"),
        ("Fen District Council", "FUNDS", home, 95000, "planned"),
        ("Marsh District Council", "USES", "Trade waste services", None, "actual"),
        ("Holland County Council", "PROVIDES", "Payroll", None, "actual"),
        ("Fen Rotary", "TAKES_PART_IN", "Keep Fenland Tidy campaign", None, "actual"),
    }


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("The Home Office funds the Safer Streets Project.", "actual"),
        ("The Home Office would fund the Safer Streets Project.", "hypothetical"),
        ("The Home Office funded the Safer Streets Project until 2019.", "ended"),
        ("The Home Office has not funded the Safer Streets Project.", None),
        ("The Home Office was asked to fund the Safer Streets Project.", None),
    ],
)
def test_who_funds_without_a_sum(sentence: str, modality: str | None) -> None:
    found = [
        (d.subject.text, d.object.text, d.amount, d.modality.value)
        for d in drafts(BOARD + sentence)
        if d.relation == "FUNDS"
    ]
    assert found == ([("Home Office", "Safer Streets Project", None, modality)] if modality else [])


def test_a_short_name_means_what_its_document_says() -> None:
    text = (
        "The Vale Heritage Trust (“the Trust”) is based at Market Hall. The Trust leads the Roof Project. "
        "Larkham Hospitals NHS Trust was thanked.\n"
    )
    leads = [d for d in drafts(BOARD + text) if d.relation == "TAKES_PART_IN"]
    assert [(d.subject.text, d.object.text, d.role) for d in leads] == [("Vale Heritage Trust", "Roof Project", "lead")]


def test_a_short_name_that_may_mean_two_makes_nothing() -> None:
    text = "Vale Heritage Trust and Larkham Schools Trust came. The Trust leads the Roof Project.\n"
    assert not [d for d in drafts(BOARD + text) if d.relation == "TAKES_PART_IN"]


def test_only_a_full_proper_name_is_linked() -> None:
    known = KnownNames.of(
        [
            Entity("larkham-dc", Kind.AUTHORITY, "Larkham District Council", ("Larkham", "the District Council")),
            Entity("csp", Kind.PARTNERSHIP, "Vale Community Safety Partnership", ("Community Safety Partnership",)),
            Entity("legal", Kind.SHARED_SERVICE, "Legal Services", ()),
            Entity("one", Kind.AGENCY, "Vale Heritage Trust", ()),
            Entity("two", Kind.AGENCY, "Vale Heritage Society", ("Vale Heritage Trust",)),
        ]
    )
    text = (
        "Larkham DC gave £5,000 to the Night Bus Project. The Community Safety Partnership gave £2,000 to the Night Bus "
        "Project. Vale Heritage Trust gave £100 to the Night Bus Project. Larkham District Council uses Legal Services.\n"
    )
    ids = {(d.subject.text, d.subject.id, d.object.id) for d in drafts(BOARD + text, known=known)}
    assert ("Larkham District Council", "larkham-dc", None) in ids
    assert all(ident == "larkham-dc" or ident is None for _, ident, _ in ids)
    assert {ident for name, ident, _ in ids if name != "Larkham District Council"} <= {None}


def test_a_document_that_says_nothing_gives_no_drafts() -> None:
    assert drafts("The weather was fine.\n") == []


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.sampled_from(sorted(p for p in DATA.iterdir() if p.suffix in {".txt", ".md", ".html"})),
    st.randoms(use_true_random=False),
)
def test_a_document_out_of_joint_breaks_nothing_and_its_quotes_are_exact(path: Path, random: Random) -> None:
    words = path.read_text(encoding="utf-8").split(" ")
    for _ in range(len(words) // 8):
        words[random.randrange(len(words))] = random.choice(
            ["(", ")", "“", "|", "£5", "@1@", "#0#", "", "*", words[random.randrange(len(words))]]
        )
    try:
        document = read_bytes(path.name, " ".join(words).encode())
    except DocumentRefused:
        return
    for draft in draft_document(document, KnownNames.of(())):
        assert document.text[draft.start : draft.start + len(draft.quote)] == draft.quote


def test_a_page_without_one_full_stop_is_read_in_bounded_work() -> None:
    """Patterns are tried on sentences of bounded length only: ten times the words are no more sentences."""
    words = [
        "Vale",
        "Council",
        "and",
        "Dale",
        "Trust",
        "with",
        "Hill",
        "Board",
        "of",
        "the",
        "Wold",
        "Project",
        "gave",
        "in",
        "kind",
        "and",
        "was",
        "of",
        "£5,000",
        "to",
    ]
    assert drafts(" ".join(words * 1000)) == []
