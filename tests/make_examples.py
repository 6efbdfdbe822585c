"""Make the PDF and DOCX example documents, all about invented organisations."""

import sys
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.graphics.shapes import Circle, Drawing, Polygon, Rect
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    FrameBreak,
    KeepTogether,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Grid

# ---------------------------------------------------------------- the parts of a document


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Signature:
    text: str


@dataclass(frozen=True)
class PullQuote:
    text: str
    speaker: str


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Numbers:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    title: str = ""


@dataclass(frozen=True)
class Photo:
    caption: str


@dataclass(frozen=True)
class Footnote:
    text: str


@dataclass(frozen=True)
class NextColumn:
    pass


@dataclass(frozen=True)
class NewPage:
    layout: str


@dataclass(frozen=True)
class Layout:
    """The pages that follow of themselves have this layout."""

    layout: str


Part = (
    Heading
    | Text
    | Signature
    | PullQuote
    | Bullets
    | Numbers
    | Table
    | Photo
    | Footnote
    | NextColumn
    | NewPage
    | Layout
)


# ---------------------------------------------------------------- the documents


def shft_impact_report() -> tuple[Part, ...]:
    return (
        Layout("columns"),
        Heading("Foreword"),
        Text(
            "Severnholme is a proud city, but it is not an equal one. A woman in Castle Rise can expect nine more "
            "years in good health than a woman in Marlpit, four miles down the river. The pandemic made that distance "
            "longer."
        ),
        Text(
            "Severnholme Hospitals NHS Foundation Trust (SHFT) is the largest employer in the city, with 7,900 staff. "
            "Size brings a duty. When I became Chief Executive in April 2022, after my predecessor Alan Birtwhistle "
            "retired, I asked each team the same thing: who has not yet come through our doors?"
        ),
        Text(
            "This report gives the answer in figures. It follows the 14 Purpose Goals, known in the UK as the "
            "Levelling Up Goals, and it covers the year from April 2023 to March 2024. I am prouder than I can say of "
            "the colleagues whose kindness and skill stand behind every line."
        ),
        Signature("Dr Amara Nwosu<br/>Chief Executive"),
        Heading("The view from outside"),
        Text(
            "The report was prepared with the Opportunity Compact, a group of employers, universities and councils. "
            "Rt Hon Dame Philippa Thorne DBE, the former Skills Minister who chairs the Compact, said: “Few "
            "organisations look at themselves as squarely as this one has done. What struck me was the detail: "
            "numbers, names and dates instead of slogans.”"
        ),
        Text("She added: “Talent is found in every street of Severnholme. Opportunity should be too.”"),
        Heading("Getting in"),
        Text(
            "Doors Open, our local recruitment programme, guarantees an interview to every resident of the five "
            "poorest wards who completes a four-week pre-employment course. During the year it brought 212 unemployed "
            "adults into permanent jobs, most of them as healthcare assistants, porters and caterers."
        ),
        Text(
            "In January 2024 we dropped the degree requirement from 64 administrative and management roles. In the "
            "quarter that followed, applications from people without a degree rose by 38 per cent."
        ),
        Text(
            "Elin Prosser MBE, Director of the Lockgate Trust, the charity that runs the course with us, said: “It "
            "works because the interview is a promise and not a favour. People who had sent 80 applications without a "
            "reply are now on the wards and in the kitchens.”"
        ),
        Heading("Starting out"),
        Text(
            "We trained 453 apprentices in 2023/24, up from 380 in the year before; 171 of them came to us straight "
            "from school or from Severnholme College. Pass rates stood at 83 per cent, nine points above the national "
            "figure for the same courses."
        ),
        Text(
            "First Shift, our work experience scheme, gave 326 pupils from 11 schools a week in a hospital team. They "
            "shadowed radiographers, engineers and cooks as well as doctors, and one place in three was kept for "
            "young people who receive free school meals."
        ),
        Text(
            "Leanne Whitlock, an apprentice nursing associate, said: “I thought that hospitals were for people with "
            "straight As. One week on a ward showed me where I could begin.”"
        ),
        Text(
            "Step In brought 64 sixth-formers on to the wards as volunteers. Each of them gave at least 30 hours, and "
            "each left with a reference and a practice interview."
        ),
        Text(
            "We would like to see every primary school in Marlpit paired with a team of reading volunteers from our "
            "staff, although no start date or budget has been agreed."
        ),
        Heading("Getting on"),
        Text(
            "Next Rung helps colleagues in pay bands 2 to 4 to move up. It joins paid study leave, a mentor and a "
            "place on an internal apprenticeship, and 138 colleagues have been promoted since it began in 2021."
        ),
        PullQuote(
            "Promotion should not depend on who you know, or on who can afford to study at night.", "Siobhan Keely"
        ),
        Text(
            "Abdi Hersi joined as a porter in 2019. With Next Rung he trained for two years on full pay, and he is "
            "now a pharmacy technician at St Oswin’s Hospital."
        ),
        Text(
            "Siobhan Keely, Chief People Officer, said: “Promotion should not depend on who you know, or on who can "
            "afford to study at night. Abdi did the hard work. All we did was to move the step within reach.”"
        ),
        Text(
            "From September 2024 a leadership course will offer 40 funded places a year to ward clerks, domestic "
            "staff and other colleagues who have never managed a team."
        ),
        Heading("Good health, close to home"),
        Text(
            "Pressure Point takes blood pressure checks to barbers’ shops, mosques and the number 12 bus. Our nurses "
            "tested 4,610 people in the year and found 702 with high readings that their GP had not known about."
        ),
        Text(
            "Each of our hospitals now has a staff wellbeing hub with counselling, physiotherapy and a quiet room, "
            "open by day and by night."
        ),
        Text(
            "A mobile lung screening unit will visit Marlpit and Quayhead from February 2025, paid for with £1.2 "
            "million from the Severn Vale Integrated Care Board (ICB)."
        ),
        Text(
            "Through the Connected Care Library we lent 265 tablets with paid data to patients who had no other way "
            "to join a video appointment, and volunteers taught each borrower how to use them."
        ),
        Heading("Spending in the city"),
        Text(
            "Under Buy Severn First, which we share with Severnholme City Council, we spent £23.9 million with firms "
            "in the city. That is 30 per cent more than in the year before, and 239 of the 418 suppliers employ fewer "
            "than 50 people."
        ),
        Text(
            "Our buyers hold a surgery on the first Tuesday of each month for small firms that have never bid for a "
            "public contract."
        ),
        Heading("Energy and waste"),
        Text(
            "Warm Wards, our energy programme, put 1,100 solar panels and new heating controls on St Oswin’s Hospital "
            "at a cost of £840,000. Gas use on the site fell by 17 per cent in the first twelve months."
        ),
        Text(
            "We stopped buying desflurane, an anaesthetic gas that warms the climate far more than the alternatives, "
            "in May 2023."
        ),
        Text(
            "In the course of the year 26 electric cars took the place of the diesel cars that our community teams "
            "had used."
        ),
        Text(
            "Our ambition is to be a net zero organisation by 2040. A plan for the heating plant, the largest single "
            "source of our emissions, has still to be written."
        ),
        Text(
            "Rajesh Venkataraman, Director of Estates and Sustainability, said: “Nobody comes to work to save carbon. "
            "They come to look after patients. So every change that we make on the estate has to make a ward warmer, "
            "quieter or cleaner as well.”"
        ),
        Heading("Case study: the number 12 bus", 2),
        Text(
            "On the last Friday of the month Grace Mutasa RN, a community nurse at the Trust, boards the bus at "
            "Marlpit Cross with a cuff, a notebook and a flask of tea. Between there and the Corn Market she checks "
            "the blood pressure of twenty or thirty passengers and books those who need it into a clinic the same "
            "week."
        ),
        Text(
            "Ms Mutasa said: “People tell you things on a bus that they would never tell you in a clinic. Nobody is "
            "looking at the clock but the driver.”"
        ),
        Heading("Case study: bread for the wards", 2),
        Text(
            "Kestrel Kitchens, a social enterprise with nine staff, has baked the bread for our wards since June "
            "2023. Our buyers had split the contract into six lots so that firms of its size could bid."
        ),
        Text(
            "Danuta Wolska, founder of Kestrel Kitchens, said: “Six lots sounds like a detail. For us it was the "
            "difference between a market stall and a bakery.”"
        ),
        NewPage("table"),
        Table(
            title="Progress against our commitments",
            header=("Purpose Goal", "What we measure", "2022/23", "2023/24"),
            rows=(
                ("Positive destinations", "Apprentices in training", "380", "453"),
                ("Open recruitment", "Unemployed residents hired through Doors Open", "126", "212"),
                ("Fair career progression", "Staff promoted through Next Rung", "41", "57"),
                ("Closing the digital divide", "Tablets lent by the Connected Care Library", "90", "265"),
                ("Extending enterprise", "Spending with firms in the city", "£18.4 million", "£23.9 million"),
                ("Harness the energy transition", "Carbon footprint, tonnes CO2e", "21,300", "18,950"),
                ("Achieve equality", "Senior posts held by ethnic minority staff", "11 per cent", "16 per cent"),
            ),
            widths=(0.27, 0.41, 0.16, 0.16),
        ),
        NextColumn(),
        Layout("columns"),
        Heading("A fair place to work"),
        Text(
            "The Equal Voices Network, which speaks for ethnic minority staff, has held two seats on our executive "
            "committee since October 2023. The share of senior posts held by ethnic minority colleagues rose from 11 "
            "to 16 per cent."
        ),
        Text(
            "Interpreters in 43 languages, among them British Sign Language, are on call at all hours for patients "
            "and their families."
        ),
        Text(
            "A panel of 22 patients who have a learning disability has reviewed our letters and signs since November "
            "2023. So far 140 letters have been rewritten in Easy Read."
        ),
        Text(
            "None of this would have been possible without our remarkable people. Their warmth, their grit and their "
            "good humour in a hard winter were an inspiration to the whole city."
        ),
        Heading("With our partners"),
        Text(
            "The Severnholme Anchor Partnership brings together the Trust, the Council, the University of "
            "Severnholme, Brightwater Energy plc, Harrowmead Homes and the Lockgate Trust. Professor Gareth "
            "Llewellyn-Price OBE, Vice-Chancellor of the University, said: “We had been neighbours for sixty years. "
            "It took the Partnership to make us colleagues.”"
        ),
        Text(
            "With Harrowmead Homes we turned the empty nurses’ home on Mill Lane into 34 flats for people who had "
            "been homeless. The first tenants moved in on 5 February 2024."
        ),
        Text(
            "Volunteers from 19 departments planted an orchard of 120 trees beside Marlpit Community Hospital and "
            "look after it with the neighbours every second Saturday."
        ),
        Heading("What comes next"),
        Text("By the next report, in the summer of 2026, the Trust will:"),
        Bullets(
            (
                "raise the number of apprentices in training to 500 by March 2026;",
                "open 30 supported internships with Severnholme College for young people who have a learning "
                "disability, from September 2025;",
                "open a second desk of the Connected Care Library at Marlpit Community Hospital in spring 2025;",
                "publish its pay gap by ethnicity and by disability in each year from 2025;",
                "reserve 24 places on Doors Open for veterans and 24 for people who grew up in care, from January "
                "2025.",
            )
        ),
        Heading("What the Compact recommends"),
        Text(
            "The Opportunity Compact read the evidence for each goal and compared it with that of nine other trusts. "
            "It recommends that the Trust should:"
        ),
        Numbers(
            (
                "count what happens to people one year after they join through Doors Open;",
                "look for partners in those parts of life where it has little to report;",
                "write the plan for the heating plant before the next report.",
            )
        ),
        Text(
            "The Board will answer these recommendations in public in September 2024. Dr Nwosu said: “I would rather "
            "be told what is missing than be thanked for what is there.”"
        ),
        Heading("Case study: Mill Lane", 2),
        Text(
            "The nurses’ home on Mill Lane had stood empty for nine years. Harrowmead Homes raised £4.1 million for "
            "the work, the Trust gave the lease for a peppercorn, and the Lockgate Trust keeps a support worker on "
            "the ground floor from eight to eight."
        ),
        Text(
            "Marcus Tideswell, Chief Executive of Harrowmead Homes, said: “A flat is four walls. What makes it a home "
            "is that somebody notices when you have not been seen for a day.”"
        ),
        Text(
            "Cllr Yasmin Rahmani, Leader of Severnholme City Council, who was Cabinet Member for Housing and "
            "Communities when the plans were drawn, added: “Mill Lane is the best of this city. I should like to see "
            "ten more of them.”"
        ),
        PullQuote("Somebody notices when you have not been seen for a day.", "Marcus Tideswell"),
        NextColumn(),
        Heading("About the Trust"),
        Text(
            "Severnholme Hospitals NHS Foundation Trust runs St Oswin’s Hospital, Marlpit Community Hospital and 14 "
            "clinics for 560,000 people in the city and the vale. It was formed in 2009 and had an income of £612 "
            "million in 2023/24. Sir Desmond Achebe is its Chair."
        ),
        Heading("About the Opportunity Compact"),
        Text(
            "The Opportunity Compact was founded in 2021 by Rt Hon Dame Philippa Thorne DBE. It has 84 members, who "
            "employ 410,000 people between them. Joe Farrant, a director of the Compact, leads its work with the "
            "public sector. Before that he was a head teacher in Quayhead."
        ),
        Heading("How we wrote this report"),
        Text(
            "Figures come from the electronic staff record, the finance ledger and the programmes’ own registers, and "
            "were closed on 31 March 2024. Percentages are rounded. Where a programme is shared, we count only the "
            "part that the Trust pays for."
        ),
        Text(
            "Siobhan Keely is the executive lead for social impact. She joined the Trust in 2020 from Wexcombe County "
            "Council, where she was Head of Workforce."
        ),
        Heading("Contact"),
        Text(
            "To ask for this report in large print, in Easy Read or in another language, write to impact@shft.example "
            "or telephone 01632 960144. © Severnholme Hospitals NHS Foundation Trust, July 2024."
        ),
    )


def brightwater_annual_report_extract() -> tuple[Part, ...]:
    return (
        Heading("Responsible business"),
        Text(
            "Brightwater Energy plc (“Brightwater”, “the Group”) supplies power and heat to 1.3 million homes between "
            "the Severn and the Wye. This section reports on the year to 31 March 2024. The framework is that of the "
            "Purpose Goals, which the Group adopted in 2022 as a founding member of the Opportunity Compact."
        ),
        Text(
            "Baroness Marchetti CBE, Chair, said: “A utility is a guest in every street. We mean to be the kind of "
            "guest who is asked back.”"
        ),
        Text(
            "The Purpose Goals describe what a fair start looks like at every stage of life. They matter to a company "
            "like ours because a region that wastes talent cannot pay for the network that it needs. The transition "
            "to clean energy will be judged by whether it was fair."
        ),
        Text(
            "A committee of the Board, which met five times, oversees this work. It is chaired by Sir Anthony "
            "Coverdale, the senior independent director."
        ),
        Heading("Cutting carbon", 2),
        Text(
            "The 48-megawatt Tarn Hill solar farm was connected to the grid in November 2023 and had generated 9,200 "
            "megawatt hours by the year end. Scope 1 and 2 emissions fell by 22 per cent to 61,300 tonnes of carbon "
            "dioxide equivalent.<super>1</super>"
        ),
        Text(
            "Street by Street, our insulation programme, treated 842 homes in Quayhead together with their landlord, "
            "Harrowmead Homes. Sensors in a sample of 60 homes show that the demand for heat has dropped by 27 per "
            "cent."
        ),
        Text(
            "Penmarrow, our last gas-fired station, will close by December 2030. The Board has set aside £56 million "
            "to turn the site into a battery store."
        ),
        Text(
            "The plan for a heat network at Dockside was withdrawn in August 2023 after ground surveys. No homes were "
            "connected."
        ),
        Photo(
            "Catriona Dunmore, Group Chief Executive, and Councillor Tom Pendlebury with Switch On apprentices at "
            "Tarn Hill, November 2023. Photograph: Brightwater Energy plc"
        ),
        NextColumn(),
        Footnote(
            "<super>1</super> Market-based, restated for the sale of Orley Gas Storage in June 2022. The "
            "location-based figure is 74,900 tonnes (2022/23: 83,100). Limited assurance was given by Hartnoll &amp; "
            "Pryce LLP."
        ),
        Layout("page"),
        NextColumn(),
        Heading("Skills for the transition", 2),
        Text(
            "Switch On, our apprenticeship for school leavers, took in 96 young people in September 2023. They train "
            "for four years as electricians, jointers and heat pump engineers, one day in each week at Severnholme "
            "College."
        ),
        Text(
            "All 310 of our gas engineers are being retrained as heat pump installers, in working hours and on full "
            "pay. By the year end 127 had passed."
        ),
        Text(
            "Catriona Dunmore, Group Chief Executive, said: “We are asking people who have been proud of one trade "
            "for thirty years to learn another. The least that we can do is to pay them while they learn.” She added: "
            "“I have watched a man of 58 come top of his class.”"
        ),
        Heading("Open doors", 2),
        Text(
            "The first form that applicants fill in no longer asks about criminal convictions. Under Second Current, "
            "which we run with HMP Quayhead, 27 people who had left prison joined the Group in the year and 23 of "
            "them were still with us after six months."
        ),
        Text(
            "Our engineers gave 74 talks about their jobs in schools and colleges, and 112 students from years 10 to "
            "13 spent an insight day at the Tarn Hill control room."
        ),
        Heading("Moving up", 2),
        Text(
            "Forty-four supervisors finished Current Leaders, our management course for employees without a degree, "
            "and 19 of them have already been promoted."
        ),
        Heading("Health at work", 2),
        Text(
            "There are now 190 trained mental health first aiders in the Group, at least one on each shift. Days lost "
            "to stress fell by 12 per cent."
        ),
        Text("From January 2025 every employee who works out of doors will be offered a skin check once a year."),
        Heading("Neighbours", 2),
        Text(
            "The Brightwater Neighbourhood Fund gave £310,000 to 46 local groups in the year. Among them were eleven "
            "food banks, the flood wardens of Quayhead and a repair café run by the Lockgate Trust."
        ),
        Text(
            "When Storm Elowen cut the power to 31,000 homes in December 2023, our teams brought hot meals and "
            "battery lamps to 2,700 households on the day that the wind dropped."
        ),
        Heading("Suppliers", 2),
        Text(
            "We pay firms with fewer than 50 staff within 12 days on average. Of our spending on goods and services, "
            "43 per cent (£118 million) went to businesses within 30 miles of a Brightwater site."
        ),
        Text(
            "We aspire to a supply chain in which social enterprises play a much larger part, and we will return to "
            "the subject next year."
        ),
        Heading("An inclusive Group", 2),
        Text(
            "The mean gender pay gap narrowed from 14.2 to 11.6 per cent. Spectrum, our network for LGBT+ colleagues, "
            "and the Enable Network, for disabled colleagues, each have a budget and a sponsor on the Executive."
        ),
        Text(
            "We asked all employees what the main earner in their household did when they were 14. Of the 71 per cent "
            "who answered, 39 per cent come from a working-class background; among senior managers the share is 24 "
            "per cent."
        ),
        Heading("Customers", 2),
        Text(
            "Some 190,000 customers are on our priority register. Since January 2024 advisers have been able to bring "
            "a text relay operator or a sign language interpreter into any call."
        ),
        Text(
            "In a partnership with Get Online Severnholme, the Council’s digital programme, we gave 1,150 refurbished "
            "laptops to residents who had none."
        ),
        Text(
            "Our people were magnificent in the storm. We are grateful to every one of them, and to the communities "
            "that brought them tea."
        ),
        Table(
            title="Table 14. Responsible business measures",
            header=("Measure", "Unit", "2022/23", "2023/24", "Target for 2030"),
            rows=(
                ("Scope 1 and 2 emissions", "tonnes CO2e", "78,600", "61,300", "25,000"),
                ("Homes insulated by Street by Street", "number", "515", "842", "12,000 in total"),
                ("School leavers starting on Switch On", "number", "71", "96", "150 a year"),
                ("People hired through Second Current", "number", "14", "27", "60 a year"),
                ("Mean gender pay gap", "per cent", "14.2", "11.6", "below 5"),
                ("Spending within 30 miles of a site", "£ million", "101", "118", "140"),
            ),
            widths=(0.36, 0.16, 0.14, 0.14, 0.20),
        ),
        Heading("Looking ahead", 2),
        Text(
            "In the year to March 2025 we will open the Green Skills Workshop with the University of Severnholme, to "
            "which the Group has committed £2.4 million over five years, and fit 60 public charging points on land "
            "that Severnholme City Council has leased to us."
        ),
        Text(
            "Ms Dunmore joined the Group in 2017 and was Chief Operating Officer until she became Group Chief "
            "Executive in October 2021. Baroness Marchetti, who was formerly Chair of Wexcombe Water, has chaired the "
            "Board since May 2022."
        ),
    )


def shft_board_paper() -> tuple[Part, ...]:
    return (
        Heading("Impact Report 2024: progress and next steps", 0),
        Text("Meeting: Board of Directors, held in public. Date: 26 September 2024. Agenda item: 9."),
        Text(
            "Presented by: Siobhan Keely, Chief People Officer. Author: Hannah Osei-Bonsu, Head of Widening "
            "Participation."
        ),
        Heading("1. Purpose of the paper"),
        Text(
            "This paper tells the Board what has happened since the Impact Report was published in July and asks for "
            "three decisions."
        ),
        Heading("2. Background"),
        Text(
            "Severnholme Hospitals NHS Foundation Trust (the Trust, SHFT) measures its social impact against the "
            "Purpose Goals. The work supports the Trust’s strategic objective of being a good neighbour. Health "
            "inequalities in the city widened between 2019 and 2023."
        ),
        Heading("3. Progress since July"),
        Heading("3.1 Recruitment", 2),
        Text(
            "Doors Open has taken a further 61 residents into post since April, which brings the number since the "
            "first course in December 2022 to 399."
        ),
        Text(
            "Since August, managers have read applications for posts in bands 2 to 5 without names, ages or the "
            "schools that people went to."
        ),
        Heading("3.2 Travel to work and to appointments", 2),
        Text(
            "The Riverside Link, a free shuttle paid for jointly with Severnholme City Council, has connected Marlpit "
            "with St Oswin’s Hospital every 20 minutes since June 2024. It starts at 5.30am, so that staff on early "
            "shifts and patients without a car can reach the site; 2,900 people use it each week."
        ),
        Heading("3.3 Estate", 2),
        Text(
            "Warm Wards will enter its second phase in April 2025. Rajesh Venkataraman, Director of Estates and "
            "Sustainability, has secured £2.3 million to replace the oil boilers at Marlpit Community Hospital with "
            "heat pumps by December 2025."
        ),
        Heading("3.4 Equality", 2),
        Text(
            "Everyone Counts, the anti-racism plan that the Board agreed in May 2024, is under way: all 14 executive "
            "and non-executive directors now have a reverse mentor from the Equal Voices Network."
        ),
        Heading("3.5 Health of staff and patients", 2),
        Text(
            "Pressure Point has added three football grounds and the Friday market to its round and has tested 2,240 "
            "people since April 2024."
        ),
        Text(
            "The pilot of self-rostering in theatres was withdrawn in June 2024 because of vacancies. No lessons for "
            "other areas have been drawn yet."
        ),
        Heading("4. What the report did not find"),
        Text(
            "The Executive Committee discussed the empty rows of the report on 10 September. Dr Nwosu told the "
            "committee: “A gap that we publish is a gap that we can close.”"
        ),
        Text(
            "For two goals, strong foundations in early years and widening access to savings and credit, the review "
            "found nothing that the Trust could report."
        ),
        Heading("5. Recommendations"),
        Text("The Board is asked to:"),
        Numbers(
            (
                "note the progress that is set out in section 3;",
                "approve £180,000 over three years for a First Shift co-ordinator, so that the scheme can offer 600 "
                "work experience weeks a year from April 2025;",
                "agree that one contract in ten below £100,000 will be reserved for social enterprises and firms in "
                "the city from the financial year 2025/26.",
            )
        ),
        Heading("6. Actions"),
        Table(
            header=("Action", "Owner", "Due", "Status"),
            rows=(
                (
                    "Reserve 24 places on Doors Open for veterans and 24 for care leavers",
                    "Siobhan Keely",
                    "January 2025",
                    "On track",
                ),
                (
                    "Train 50 volunteers to teach borrowers of the Connected Care Library",
                    "Hannah Osei-Bonsu",
                    "March 2025",
                    "Started",
                ),
                (
                    "Replace the oil boilers at Marlpit Community Hospital with heat pumps",
                    "Rajesh Venkataraman",
                    "December 2025",
                    "Funded",
                ),
                (
                    "Publish the first pay gap figures by ethnicity and by disability",
                    "Siobhan Keely",
                    "June 2025",
                    "On track",
                ),
                (
                    "Move 25 more colleagues in bands 2 to 4 into registered roles through Next Rung",
                    "Hannah Osei-Bonsu",
                    "September 2025",
                    "Started",
                ),
            ),
            widths=(0.46, 0.22, 0.17, 0.15),
        ),
        Heading("7. Risks and legal advice"),
        Text(
            "There are no legal implications. The main risk is that a project manager cannot be recruited. An "
            "equality impact assessment is attached as Appendix B."
        ),
    )


def university_strategy_extract() -> tuple[Part, ...]:
    return (
        Heading("Rooted and Reaching: our strategy 2024–2030", 0),
        Text("Extract: Part Two, The University and its city. Approved by the Council of the University, 4 June 2024."),
        Heading("From the Vice-Chancellor"),
        Text(
            "The University of Severnholme (UoS) was founded in 1961 by public subscription: dockers and doctors gave "
            "a shilling a week. We want to deserve that beginning. We will be a university of Severnholme and not "
            "merely one that happens to stand in it."
        ),
        Text("Professor Gareth Llewellyn-Price OBE, Vice-Chancellor"),
        Heading("Aim 1: Open the way in"),
        Text(
            "Severn Scholars gives a bursary of £3,000 a year and a place in halls to students from households on low "
            "incomes. In 2023/24 it supported 420 students, and 94 per cent of them went on to their second year."
        ),
        Text(
            "From 2026 entry we will make contextual offers, two grades below the standard, to every applicant from a "
            "school where few go on to higher education."
        ),
        Text(
            "From September 2025, 80 undergraduates will tutor pupils at Marlpit Lane Academy in mathematics for an "
            "hour a week. The scheme, Sums After School, has a budget of £95,000 over two years."
        ),
        Text(
            "Mentor Match pairs pupils in years 9 to 12 with students who were the first in their family to go to "
            "university. It runs in eight schools, and 240 pairs meet online every fortnight."
        ),
        Heading("Aim 2: Make ideas useful"),
        Text(
            "Launchpad Severn, our business incubator, has helped 37 start-ups and nine spin-outs since 2021. Between "
            "them they employ 260 people, and 31 of the firms are still in the city."
        ),
        Text(
            "Dr Farida Rahimi, Director of Enterprise, said: “A spin-out that leaves is a success for somebody else. "
            "We ask every founder what it would take to stay.”"
        ),
        Heading("Aim 3: Build where we are needed"),
        Text(
            "The Learning Exchange, a £14 million building with a public library, a lecture theatre and workshops, "
            "will open on the Marlpit Quarter in autumn 2026. Severnholme City Council gives the land and half the "
            "cost."
        ),
        Text(
            "The main library lends 600 laptops and 200 mobile data cards to students who have none of their own. The "
            "average loan lasts a term."
        ),
        Heading("Aim 4: Leave less behind"),
        Text("The University will be carbon neutral in Scopes 1 and 2 by 2035. It has committed to:"),
        Bullets(
            (
                "replace the boilers in all 22 halls of residence with heat pumps by 2032, at a cost of £31 million;",
                "teach a module on climate in every undergraduate course from September 2027;",
                "end the use of diesel vans by July 2026.",
            )
        ),
        Heading("Aim 5: Be a fair community"),
        Text(
            "The University was awarded the bronze Race Equality Charter in November 2023. The gap between White and "
            "Black students in first-class and upper second degrees has closed from 19 to 12 percentage points."
        ),
        Text(
            "Academic staff on teaching-only contracts can now be promoted to professor; 11 were in the first two "
            "rounds, seven of them women."
        ),
        Text(
            "We hope, in time, to share our sports halls and playing fields with every club in the city, but we have "
            "not yet worked out how."
        ),
        Heading("Who wrote this strategy"),
        Text(
            "Professor Llewellyn-Price has been Vice-Chancellor since August 2019. He was formerly "
            "Pro-Vice-Chancellor at the University of Wexcombe. The drafting group was led by Dr Rahimi."
        ),
    )


def university_press_release() -> tuple[Part, ...]:
    return (
        Text("<b>PRESS RELEASE</b>"),
        Text("For immediate release: 18 March 2024"),
        Heading("University and energy company to train 1,200 people for green jobs"),
        Text(
            "The University of Severnholme and Brightwater Energy plc are to open a workshop where 1,200 people will "
            "learn to fit heat pumps, solar panels and car chargers over the next five years."
        ),
        Text(
            "The Green Skills Workshop will open in January 2025 in the old tram depot on Dock Road. Brightwater has "
            "committed £2.4 million and the University £600,000. Half the places are for adults who want to change "
            "their trade, and a quarter for people who are out of work and who will be guaranteed an interview with "
            "one of 30 local installers."
        ),
        Text(
            "Professor Gareth Llewellyn-Price OBE, Vice-Chancellor of the University of Severnholme, said: “Every "
            "roof in this city is a job waiting for somebody with the right skills. We are going to teach those "
            "skills within walking distance of the people who need the work."
        ),
        Text(
            "“Severnholme built ships, and then it built trams. I do not see why it should not build the machines "
            "that keep us warm.”"
        ),
        Text("Catriona Dunmore, Group Chief Executive of Brightwater, said: “We cannot decarbonise without hands.”"),
        Text("She added: “I would rather hire those hands in Marlpit than advertise for them abroad.”"),
        Text(
            "Cllr Yasmin Rahmani, Leader of Severnholme City Council, welcomed the news. “It is wonderful to see our "
            "university and our energy company pull in the same direction,” she said."
        ),
        Text(
            "The workshop grew out of the Severnholme Anchor Partnership, in which both are members. Since 2022 the "
            "University has also run evening courses on retrofit, which 184 builders from small local firms have "
            "completed without charge."
        ),
        Text("<b>ENDS</b>"),
        Heading("Notes to editors", 2),
        Numbers(
            (
                "The University of Severnholme (UoS) was founded in 1961 and has 16,400 students. It is a member of "
                "the Opportunity Compact, which is chaired by Rt Hon Dame Philippa Thorne DBE.",
                "Brightwater Energy plc supplies 1.3 million homes. It is listed on the London market.",
                "The Severnholme Anchor Partnership was formed in 2022 by six employers. Its secretariat is at the "
                "Council House, Severnholme.",
                "Photographs of the tram depot can be had from the press office.",
            )
        ),
        Text(
            "Contact: Owen Trevanion, Press Officer, University of Severnholme. Telephone 01632 960271; "
            "press@severnholme-university.example"
        ),
    )


# ---------------------------------------------------------------- PDF

INK = {"shft": colors.HexColor("#0b5d66"), "brightwater": colors.HexColor("#1d3f77"), "university": colors.black}
PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 50.0
GUTTER = 20.0
WIDE = PAGE_WIDTH - 2 * MARGIN
COLUMN = (WIDE - GUTTER) / 2
BOTTOM = 62.0
TOP = PAGE_HEIGHT - 70

# Where these words may break at a line's end, long words first: reportlab knows no English.
SYLLABLES = """
re-com-mend-a-tions admin-is-tra-tive appren-tice-ship Sus-tain-ability organ-i-sations organ-isa-tions
physio-therapy rad-io-graph-ers appli-ca-tions organ-i-sation uni-ver-sities anaes-thetic appoint-ment appren-tices
coun-sel-ling depart-ments in-spir-a-tion in-tern-ships Oppor-tunity Part-ner-ship Per-cent-ages pre-de-ces-sor
re-quire-ment recruit-ment require-ment Sev-ern-holme dif-fer-ence dis-abil-ity elec-tronic em-ploy-ment
en-ter-prise experi-ence Foun-da-tion guar-an-tees health-care lead-er-ship man-age-ment manage-ment neigh-bours
pas-sen-gers pro-grammes re-com-mends tech-ni-cian volun-teers as-so-ciate com-mit-tee com-mu-ni-ty Com-mu-nity
em-ployers en-gin-eers eth-ni-city ex-ec-u-tive ex-ec-ut-ive in-ter-view Lev-el-ling per-ma-nent pro-gramme
Pro-motion re-written reg-is-ters screen-ing sup-pliers sup-ported well-being am-bi-tion com-pared con-tract
con-trols Dir-ector dom-estic evid-ence fol-lowed hos-pital Hos-pital in-tern-al kind-ness learn-ing min-or-ity
note-book pan-demic phar-macy prac-tice pre-pared pro-moted read-ings resid-ent Sat-ur-day shad-owed train-ing
vet-er-ans be-tween Coun-cil fin-ance num-bers or-chard pub-lish re-cruit sur-gery tab-lets ten-ants an-swer cov-ers
em-ploy fun-ded im-pact mar-ket pub-lic sec-ond sin-gle
"""


@dataclass(frozen=True)
class Look:
    """How a PDF is set."""

    ink: Any
    font: str = "Times-Roman"
    size: float = 10
    justified: bool = False

    def style(self, size: float, **more: Any) -> Any:
        return ParagraphStyle("", fontSize=size, leading=size * 1.28, **{"fontName": self.font, **more})

    @property
    def body(self) -> Any:
        alignment = TA_JUSTIFY if self.justified else TA_LEFT
        return self.style(self.size, spaceAfter=self.size * 0.6, alignment=alignment, embeddedHyphenation=1)

    def heading(self, level: int) -> Any:
        size = self.size + (4.5, 2)[level - 1]
        return self.style(size, fontName="Helvetica-Bold", textColor=self.ink, spaceBefore=7, spaceAfter=4)


def breakable(text: str) -> str:
    for word in SYLLABLES.split():
        text = text.replace(word.replace("-", ""), word.replace("-", "\u00ad"))
    return text


def heading_of(part: Heading, look: Look) -> list[Any]:
    return [CondPageBreak(55), Paragraph(part.text, look.heading(part.level))]


def paragraph(text: str, look: Look) -> Any:
    return Paragraph(breakable(text) if look.justified else text, look.body)


def text_of(part: Text, look: Look) -> list[Any]:
    return [paragraph(part.text, look)]


def signature_of(part: Signature, look: Look) -> list[Any]:
    return [Paragraph(part.text, look.style(look.size, fontName="Helvetica-Bold", spaceBefore=2, spaceAfter=8))]


def pull_quote_of(part: PullQuote, look: Look) -> list[Any]:
    quote = look.style(15, fontName="Times-Italic", textColor=look.ink)
    speaker = look.style(9, fontName="Helvetica-Bold", textColor=look.ink)
    box = Grid([[Paragraph(f"“{part.text}”", quote)], [Paragraph(part.speaker, speaker)]], colWidths=[COLUMN - 12])
    box.setStyle([("LINEABOVE", (0, 0), (-1, 0), 1.5, look.ink), ("LINEBELOW", (0, -1), (-1, -1), 1.5, look.ink)])
    return [Spacer(0, 6), box, Spacer(0, 10)]


def list_of(items: tuple[str, ...], look: Look, **marks: Any) -> list[Any]:
    entries = [ListItem(paragraph(item, look)) for item in items]
    return [ListFlowable(entries, leftIndent=16, bulletFontSize=look.size, bulletFontName=look.font, **marks)]


def bullets_of(part: Bullets, look: Look) -> list[Any]:
    return list_of(part.items, look, bulletType="bullet", start="•")


def numbers_of(part: Numbers, look: Look) -> list[Any]:
    return list_of(part.items, look, bulletType="1", bulletFormat="%s.")


def table_of(part: Table, look: Look) -> list[Any]:
    head = look.style(9, fontName="Helvetica-Bold", textColor=colors.white)
    cell = look.style(9, fontName="Helvetica")
    rows = [[Paragraph(text, head) for text in part.header]]
    rows += [[Paragraph(text, cell) for text in row] for row in part.rows]
    grid = Grid(rows, colWidths=[width * WIDE for width in part.widths])
    grid.setStyle(
        [
            ("BACKGROUND", (0, 0), (-1, 0), look.ink),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.whitesmoke, colors.white]),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ]
    )
    return [KeepTogether([Paragraph(part.title, look.heading(2)), grid, Spacer(0, 8)])]


def photo_of(part: Photo, look: Look) -> list[Any]:
    caption = look.style(8.5, fontName="Helvetica-Oblique", textColor=colors.dimgrey, spaceBefore=4, spaceAfter=10)
    return [KeepTogether([Spacer(0, 4), solar_farm(), Paragraph(part.caption, caption)])]


def solar_farm() -> Any:
    """A drawing that stands for a photograph."""
    drawing = Drawing(WIDE, 150)
    drawing.add(Rect(0, 0, WIDE, 150, fillColor=colors.HexColor("#cfe3f2"), strokeColor=None))
    drawing.add(Circle(WIDE - 70, 116, 16, fillColor=colors.HexColor("#f6d365"), strokeColor=None))
    drawing.add(
        Polygon(
            [0, 0, 0, 50, 140, 84, 300, 46, WIDE, 66, WIDE, 0], fillColor=colors.HexColor("#7fa36b"), strokeColor=None
        )
    )
    for x in range(30, int(WIDE) - 60, 62):
        drawing.add(Polygon([x, 12, x + 44, 12, x + 54, 38, x + 10, 38], fillColor=INK["brightwater"]))
    return drawing


def footnote_of(part: Footnote, look: Look) -> list[Any]:
    rule = Grid([[""]], colWidths=[120], rowHeights=[10], hAlign="LEFT")
    rule.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)])
    return [rule, Paragraph(part.text, look.style(8, spaceBefore=3))]


def next_column_of(part: NextColumn, look: Look) -> list[Any]:
    return [FrameBreak()]


def new_page_of(part: NewPage, look: Look) -> list[Any]:
    return [NextPageTemplate(part.layout), PageBreak()]


def layout_of(part: Layout, look: Look) -> list[Any]:
    return [NextPageTemplate(part.layout)]


IN_PDF: dict[type[Part], Any] = {
    Heading: heading_of,
    Text: text_of,
    Signature: signature_of,
    PullQuote: pull_quote_of,
    Bullets: bullets_of,
    Numbers: numbers_of,
    Table: table_of,
    Photo: photo_of,
    Footnote: footnote_of,
    NextColumn: next_column_of,
    NewPage: new_page_of,
    Layout: layout_of,
}


def flowables(parts: tuple[Part, ...], look: Look) -> list[Flowable]:
    return [flowable for part in parts for flowable in IN_PDF[type(part)](part, look)]


def frame(x: float, y: float, width: float, height: float) -> Any:
    return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def columns(top: float) -> list[Any]:
    return [frame(x, BOTTOM, COLUMN, top - BOTTOM) for x in (MARGIN, MARGIN + COLUMN + GUTTER)]


def running_lines(canvas: Any, header: str, footer: str, page: int) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.setFillColor(colors.dimgrey)
    canvas.drawString(MARGIN, PAGE_HEIGHT - 40, header)
    canvas.drawString(MARGIN, 36, footer)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, 36, str(page))
    canvas.setStrokeColor(colors.lightgrey)
    canvas.line(MARGIN, PAGE_HEIGHT - 46, PAGE_WIDTH - MARGIN, PAGE_HEIGHT - 46)


def shft_page(canvas: Any, document: Any) -> None:
    header = "Severnholme Hospitals NHS Foundation Trust | Impact Report 2024"
    running_lines(canvas, header, "Opening doors: our social impact in 2023/24", document.page)


def shft_cover(canvas: Any, document: Any) -> None:
    shft_page(canvas, document)
    canvas.setFillColor(INK["shft"])
    canvas.rect(0, PAGE_HEIGHT - 215, PAGE_WIDTH, 155, stroke=0, fill=1)
    canvas.setFillColor(colors.white)
    canvas.setFont("Helvetica-Bold", 34)
    canvas.drawString(MARGIN, PAGE_HEIGHT - 125, "Opening doors")
    canvas.setFont("Helvetica", 15)
    canvas.drawString(MARGIN, PAGE_HEIGHT - 153, "Our social impact in 2023/24, measured against the Purpose Goals")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(MARGIN, PAGE_HEIGHT - 190, "Published in July 2024")


def brightwater_page(canvas: Any, document: Any) -> None:
    header = "Brightwater Energy plc    Annual Report and Accounts 2023/24    Strategic report"
    running_lines(canvas, header, "Stock code: BWE", document.page + 33)


def university_page(canvas: Any, document: Any) -> None:
    canvas.setFont("Times-Bold", 18)
    canvas.drawString(MARGIN, PAGE_HEIGHT - 52, "University of Severnholme")
    canvas.line(MARGIN, PAGE_HEIGHT - 60, PAGE_WIDTH - MARGIN, PAGE_HEIGHT - 60)


def shft_layouts() -> list[Any]:
    table_height = 190
    table = frame(MARGIN, TOP - table_height, WIDE, table_height)
    return [
        PageTemplate("cover", columns(PAGE_HEIGHT - 232), onPage=shft_cover),
        PageTemplate("columns", columns(TOP), onPage=shft_page),
        PageTemplate("table", [table, *columns(TOP - table_height - 8)], onPage=shft_page),
    ]


def one_column(on_page: Any) -> Any:
    return PageTemplate("page", [frame(MARGIN, BOTTOM, WIDE, TOP - BOTTOM)], onPage=on_page)


def column_over_footnote(on_page: Any) -> Any:
    note = frame(MARGIN, BOTTOM, WIDE, 45)
    return PageTemplate("noted", [frame(MARGIN, BOTTOM + 50, WIDE, TOP - BOTTOM - 50), note], onPage=on_page)


def save_pdf(path: Path, title: str, author: str, layouts: list[Any], story: list[Flowable]) -> None:
    document = BaseDocTemplate(str(path), pagesize=A4, title=title, author=author, lang="en-GB", invariant=1)
    document.addPageTemplates(layouts)
    document.build(story)


# ---------------------------------------------------------------- DOCX

TEXT_WIDTH = 450


def add_heading(document: Document, part: Heading) -> None:
    document.add_heading(part.text, level=part.level)


def add_text(document: Document, part: Text) -> None:
    document.add_paragraph(part.text)


def add_bullets(document: Document, part: Bullets) -> None:
    for item in part.items:
        document.add_paragraph(item, style="List Bullet")


def add_numbers(document: Document, part: Numbers) -> None:
    for item in part.items:
        document.add_paragraph(item, style="List Number")


def add_table(document: Document, part: Table) -> None:
    table = document.add_table(rows=0, cols=len(part.header), style="Light Grid Accent 1")
    for row in (part.header, *part.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for column, width in zip(table.columns, part.widths, strict=True):
        column.width = Pt(width * TEXT_WIDTH)


IN_DOCX: dict[type[Part], Any] = {
    Heading: add_heading,
    Text: add_text,
    Bullets: add_bullets,
    Numbers: add_numbers,
    Table: add_table,
}


def add_page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def add_running_lines(document: Document, header: str, footer: str) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = header
    section.footer.paragraphs[0].text = f"{footer} | Page "
    add_page_number(section.footer.paragraphs[0])


def date_and_name(document: Document, title: str, author: str, made: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.comments = ""
    properties.created = properties.modified = made
    properties.revision = 1


def save_docx(document: Document, path: Path) -> None:
    document.save(str(path))
    fix_dates_inside(path)


def fix_dates_inside(path: Path) -> None:
    """Give every member of the archive the same date, so that two runs give the same bytes."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def new_docx(parts: tuple[Part, ...]) -> Document:
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(11)
    section = document.sections[0]
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Pt((PAGE_WIDTH - TEXT_WIDTH) / 2)
    for part in parts:
        IN_DOCX[type(part)](document, part)
    return document


# ---------------------------------------------------------------- the files


def make_shft_impact_report(folder: Path) -> None:
    look = Look(INK["shft"], size=10.8, justified=True)
    story = flowables(shft_impact_report(), look)
    author = "Severnholme Hospitals NHS Foundation Trust"
    save_pdf(folder / "shft-impact-report-2024.pdf", "Impact Report 2024: Opening doors", author, shft_layouts(), story)


def make_brightwater_annual_report_extract(folder: Path) -> None:
    look = Look(INK["brightwater"], font="Helvetica", size=10.8)
    story = flowables(brightwater_annual_report_extract(), look)
    path = folder / "brightwater-annual-report-extract-2023-24.pdf"
    title = "Annual Report and Accounts 2023/24 (extract)"
    layouts = [column_over_footnote(brightwater_page), one_column(brightwater_page)]
    save_pdf(path, title, "Brightwater Energy plc", layouts, story)


def make_university_press_release(folder: Path) -> None:
    story = flowables(university_press_release(), Look(INK["university"], size=11.6))
    path = folder / "university-press-release-2024-03-18.pdf"
    title = "University and energy company to train 1,200 people for green jobs"
    save_pdf(path, title, "University of Severnholme", [one_column(university_page)], story)


def make_shft_board_paper(folder: Path) -> None:
    document = new_docx(shft_board_paper())
    header = "Severnholme Hospitals NHS Foundation Trust | Board of Directors in public | 26 September 2024"
    add_running_lines(document, header, "Item 9: Impact Report 2024")
    title = "Impact Report 2024: progress and next steps"
    date_and_name(document, title, "Hannah Osei-Bonsu", datetime(2024, 9, 19, 9, 0))
    save_docx(document, folder / "shft-board-paper-2024-09-26.docx")


def make_university_strategy_extract(folder: Path) -> None:
    document = new_docx(university_strategy_extract())
    add_running_lines(
        document, "University of Severnholme | Strategy 2024–2030", "Part Two: The University and its city"
    )
    title = "Rooted and Reaching: our strategy 2024–2030"
    date_and_name(document, title, "University of Severnholme", datetime(2024, 6, 4, 12, 0))
    save_docx(document, folder / "university-strategy-extract-2024-2030.docx")


def main(folder: Path) -> None:
    make_shft_impact_report(folder)
    make_brightwater_annual_report_extract(folder)
    make_university_press_release(folder)
    make_shft_board_paper(folder)
    make_university_strategy_extract(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
