"""What fills the gaps of sentences: people, places, bodies, schemes, numbers and dates, all invented."""

from random import Random


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


FIRST = _split("""Amara Siobhan Marcus Elin Priya Gareth Catriona Farida Owen Hannah Yasmin Desmond Grace Abdi Nadia Rosalind
Joe Philippa Alan Kwame Leila Tomasz Bronwen Callum Deepa Ewan Fatima Gethin Harriet Imran Jasmine Keith Lorna Moses
Niamh Olivia Patrick Qasim Ruth Samir Tanya Uzma Vikram Winifred Xanthe Yusuf Zoe Alistair Beatrice Conor Daphne Edwin
Freya Gordon Hilary Ivor Joanna Kenneth Lydia Malcolm Nerys Oscar Pauline Rhys Sunita Trevor Ursula Victor Wendy
Adwoa Bilal Chidi Dilys Emeka Fergus Ghazala Hamish Ines Jarek""")
LAST = _split("""Nwosu Keely Tideswell Prosser Sandhu Llewellyn Dunmore Rahimi Trevanion Osei Rahmani Achebe Mutasa Hersi
Brennan Peake Farrant Thorne Birtwhistle Boateng Haddad Kowalski Pritchard Macrae Chandra Drummond Begum Bevan Ashworth
Qureshi Whitlock Baptiste Lumley Otieno Gallagher Penrose Fairclough Siddiqui Hathersage Malik Oldroyd Kapoor Entwistle
Larkspur Yilmaz Threlfall Iqbal Garside Mwangi Holroyd Doyle Kitching Vaughan Rashid Sorley Pomfret Adeyemi Hebden
Jephson Cardew Stannard Okafor Winterbourne Tregenza Maddox Lathom Eccles Fanshawe Dalgleish Murgatroyd Bose Strand
Ramsbottom Nolan Petrov Ingleby Abara Culshaw Devlin Wainwright Sharma Coldstream Figgis Bannerman Ellwood""")
TITLES = ("", "", "", "", "", "Dr ", "Dr ", "Professor ", "Cllr ", "Dame ", "Sir ")
HONOURS = ("", "", "", "", "", "", "", " OBE", " MBE", " CBE")
FRONT = _split("""Severn Quay Marl Lock Tarn Castle Wex Harrow Bright Dock Tanner Mill Stone Ash Elm Thorn Hazel Kirk Wether
Holm Black White Red Long Broad Ship Calder Ouse Wyre Fen Peat Moor Sand Gar Hather Ald New Old Nether Over""")
BACK = _split("""head pit gate wick ham ley ford bridge stead combe worth mere field port thorpe dale den bury cliff hurst
wold burn chester minster""")
ESTATES = ("Rise", "Court", "Green", "Park", "Fields", "Wharf", "Side", "Cross", "Common", "Bank")
SCHEME_FRONT = _split("""Doors Next Warm Keys Walk Second Open Bright First New Steady Common Level Good Fair Green Ready
Better Stronger Local Shared Whole Early Forward Rising Clear Connected Living Working Moving Growing Learning Active
Healthy Welcome Switch Bridge Ladder Beacon Compass""")
SCHEME_BACK = _split("""Open Rung Wards Futures Together Steps Current Start Horizons Ground Chances Pathways Works Table
Voices Match Hands Roots Routes Minds Homes Streets Skills Links Library Neighbours Exchange Lives Foundations Talent
Journeys Wheels Lanterns Places Circles Champions""")
KINDS_OF_BODY = (
    ("{place} Hospitals NHS Foundation Trust", "the Trust"),
    ("{place} Community Health NHS Trust", "the Trust"),
    ("{place} Partnership NHS Foundation Trust", "the Trust"),
    ("{place} and {place} NHS Trust", "the Trust"),
    ("University of {place}", "the University"),
    ("{place} City Council", "the Council"),
    ("{place} Borough Council", "the Council"),
    ("{place} College", "the College"),
    ("{place} Homes", "the association"),
    ("{place} Energy plc", "the Group"),
    ("{place} Water plc", "the company"),
    ("{place} Community Foundation", "the charity"),
)
PARTNERS = (
    "{place} Council", "{place} College", "the University of {place}", "the {place} Trust", "{place} Homes",
    "{place} Chamber of Commerce", "Citizens Advice {place}", "Jobcentre Plus in {place}", "{place} Academy",
    "{place} Credit Union", "{place} Football Club", "{place} Foodbank", "the {place} Anchor Partnership",
    "Age Concern {place}", "{place} Integrated Care Board", "{place} Housing Association", "Mind in {place}",
)  # fmt: skip
ROLES = (
    "Chief Executive", "Chief People Officer", "Director of Strategy", "Chair", "Chief Nurse", "Medical Director",
    "Director of Finance", "Head of Apprenticeships", "Director of Estates", "Head of Social Impact",
    "Chief Operating Officer", "Head of Communications", "Director of Communities", "Programme Manager",
    "Equality, Diversity and Inclusion Lead", "Head of Procurement", "Vice-Chancellor", "Deputy Chief Executive",
    "Head of Widening Participation", "Sustainability Manager", "Cabinet Member for Skills", "Volunteer Co-ordinator",
)  # fmt: skip
GROUPS = (
    "young people", "care leavers", "unemployed adults", "refugees", "pupils", "residents", "parents", "carers",
    "disabled people", "people who have been homeless", "ex-offenders", "older people", "school leavers", "students",
    "families", "veterans", "patients", "tenants", "women returning to work", "adults without a qualification",
)  # fmt: skip
STAFF = (
    "nurses", "engineers", "porters", "healthcare assistants", "ward clerks", "caterers", "cleaners", "lecturers",
    "technicians", "drivers", "housing officers", "social workers", "planners", "managers", "administrators",
    "physiotherapists", "midwives", "pharmacists", "call handlers", "maintenance staff",
)  # fmt: skip
SUBJECTS = (
    "finance", "workforce", "estates", "quality and safety", "digital services", "research", "clinical strategy",
    "capital works", "complaints", "information governance", "health and safety", "emergency planning", "procurement",
    "charitable funds", "patient experience", "infection control", "outpatients", "theatres", "pay", "parking",
    "catering", "cyber security", "medicines", "records", "winter pressures", "community services", "pensions",
)  # fmt: skip
COMMITTEES = (
    "Audit Committee", "Finance and Performance Committee", "People Committee", "Quality Committee", "Board",
    "Remuneration Committee", "Council of Governors", "Charitable Funds Committee", "Risk Committee",
    "Executive Committee", "Estates Committee", "Council of Members", "Scrutiny Panel",
)  # fmt: skip
SITES = (
    "St Oswin's Hospital", "the Dock Road centre", "the Mill Lane site", "Castle House", "the north campus",
    "the old library", "the depot", "the community hospital", "the town hall", "the health centre", "the science park",
    "the sports hall", "the learning centre", "the main site", "the treatment works", "the outpatient building",
)  # fmt: skip
MONTHS = _split("""January February March April May June July August September October November December""")
LISTS: dict[str, tuple[str, ...]] = {
    "group": GROUPS, "staff": STAFF, "subject": SUBJECTS, "committee": COMMITTEES, "site": SITES, "role": ROLES,
    "month": MONTHS,
}  # fmt: skip


def place(draw: Random) -> str:
    """An invented town, or an estate of one."""
    town = draw.choice(FRONT) + draw.choice(BACK)
    return f"{town} {draw.choice(ESTATES)}" if draw.random() < 0.25 else town


def person(draw: Random) -> str:
    return f"{draw.choice(FIRST)} {draw.choice(LAST)}"


def titled(draw: Random) -> str:
    """A name as it is introduced, sometimes with a title or an honour."""
    return f"{draw.choice(TITLES)}{person(draw)}{draw.choice(HONOURS)}"


def scheme(draw: Random) -> str:
    return f"{draw.choice(SCHEME_FRONT)} {draw.choice(SCHEME_BACK)}"


def partner(draw: Random) -> str:
    return draw.choice(PARTNERS).format(place=place(draw))


def number(draw: Random) -> str:
    """A count as reports give them: mostly small, sometimes in thousands."""
    return f"{int(2.0 ** draw.uniform(3, 14)):,}"


def money(draw: Random) -> str:
    if draw.random() < 0.4:
        return f"£{draw.uniform(1, 40):.1f} million"
    return f"£{draw.randrange(4, 900) * 1000:,}"


def share(draw: Random) -> str:
    return f"{draw.randrange(2, 96)} per cent"


def year(draw: Random) -> str:
    return str(draw.randrange(2017, 2026))


DRAWN = {
    "place": place, "person": person, "titled": titled, "scheme": scheme, "partner": partner, "n": number,
    "money": money, "pct": share, "year": year,
}  # fmt: skip

NAMED_AGAIN = {"place": 14, "partner": 9, "scheme": 12, "person": 10, "titled": 8}
FAMILIAR = 0.85
"""The share of names that a publisher has used before."""


class Gaps(dict[str, str]):
    """What stands in the gaps of one document's sentences: its own facts, mostly known names, and something new else."""

    def __init__(self, draw: Random, facts: dict[str, str], known: dict[str, tuple[str, ...]] | None = None) -> None:
        super().__init__(facts)
        self.draw, self.known = draw, known or {}

    def __missing__(self, name: str) -> str:
        if name in self.known and self.draw.random() < FAMILIAR:
            return self.draw.choice(self.known[name])
        return DRAWN[name](self.draw) if name in DRAWN else self.draw.choice(LISTS[name])

    def fill(self, sentence: str) -> str:
        """The sentence with every gap filled, and a capital at its start."""
        filled = sentence.format_map(self)
        return filled[0].upper() + filled[1:]


def neighbourhood(draw: Random) -> dict[str, tuple[str, ...]]:
    """The places, partners, schemes and people that one publisher names again and again."""
    return {name: tuple(DRAWN[name](draw) for _ in range(many)) for name, many in NAMED_AGAIN.items()}
