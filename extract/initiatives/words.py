"""The words that names of programmes, funds, awards and reports are made of, and those that introduce them."""

from goalmap.extract.bodies.words import COMMON_WORDS, GENERIC_WORDS
from goalmap.extract.words import table

MONEY = table(
    "Fund Scheme Award Awards Bursary Scholarship Scholarships Prize Grant Levy Tariff Guarantee Deal Lottery Appeal Bond"
)
PLANS = table(
    """
    Programme Project Strategy Plan Framework Goals Pledge Standard Charter Initiative Campaign Challenge Promise Covenant Toolkit Index
    Roadmap Mission Missions Commitment Manifesto Agenda Offer Compact Concordat Accord Blueprint Vision Pilot Passport Kitemark
    """
)
REPORTS = table("Review Report Barometer Tracker Survey Census Atlas")
EVENTS = table(
    "Festival Summit Roadshow Conference Convention Games Marathon Workshop Bootcamp Accelerator Incubator Fellowship Academy Week"
)
SERVICES = table(
    "Hub Databank Pathway Pathways Portal Platform Traineeship Internship Internships Mentoring Yard Helpline App"
)

HEADS = (MONEY | PLANS | REPORTS | EVENTS | SERVICES) - table("Academy Week Lottery Survey Census Grant Bond App Yard")
"""The last word of an initiative's name."""

COMPOUND_HEADS = (
    "Service Pledge",
    "Diagnostic Centre",
    "Family Hub",
    "Quality Mark",
    "Partnership Programme",
    "Lottery Fund",
    "Wellbeing Week",
)

FIRST_WORDS = (
    "Project",
    "Operation",
    "Op",
    "Campaign for",
    "Mission",
    "Vision",
    "Journey to",
    "Agenda",
    "Code of",
    "Action on",
)

STAFF_AFTER = table("Manager Officer Director Lead Coordinator Board Committee Team Group Ltd Limited")
"""After a head word they show a post or a body, not an initiative."""

GENERIC = table(
    """
    The Our This A An Your Its Annual Impact Social New National Strategic Local Business Delivery Action Executive Final Interim Care Performance
    Progress Corporate Financial First Second Health Board Learning Education Project Programme Pay Gap Trust People Green Special Development
    Service Support Personal Workforce Equality Quality Risk Career Job Employer Customer Client Gold Silver Bronze Capital Travel Apprenticeship
    Hospital Consultation Tree Hardship Youth Employee Assistance Nursery Climate Change Catalyst Family Anchor Improvement Work Training Staff
    Community Recovery Sustainability Communications Operational Medium Term Long Five Ten Year Clinical Estates Digital Information Governance
    Safety Patient Integrated Joint Forward Housing Transport Local Neighbourhood Annual Assurance
    """
)
"""Words that make no name of a head word: Annual Report, Hardship Fund."""

KEPT_GENERIC = (
    "Green Plan",
    "Hardship Fund",
    "Youth Fund",
    "Family Hub",
    "Social Mobility Action Plan",
    "Annual Report and Accounts",
    "Purpose Goals",
)
"""Common ones that do name something where a document writes them with capitals."""

KINDS = table(
    """
    programme project scheme fund funds course courses campaign initiative award awards framework tariff pledge charter strategy plan report bursary
    bursaries scholarship scholarships app service offer workshop workshops challenge day days week grant grants loan academy club clubs session
    sessions hub hubs toolkit standard pilot package festival account internship internships traineeship apprenticeship mentoring prize policy pathway
    drive appeal guide podcast conference summit roadshow platform portal spaces module curriculum competition bootcamp accelerator incubator
    café cafe group groups newsletter placement placements training partnership helpline voucher vouchers tutoring summer
    """
)
"""What an initiative is called where its name stands before: the Warm Hands scheme."""

NOUNS = KINDS | table(
    """
    route path centre way morning mornings evening evenings class classes line drop-in library collection set conversion ladder journey website
    resource resources lesson lessons effort mortgage bond fortnight weekend hotline promise commitment school year allotment garden choir kitchen
    pantry larder shop fridge plan agreement algorithm tool system
    """
) - table("summer")
"""What it is where the text explains it: Warm Hands, our Tuesday drop-in."""

OFFERS = table(
    """
    gives takes pays brings lends sends offers helps provides teaches trains pairs links matches supports guarantees began started launched aims gets puts lets runs
    connects places equips prepares opens opened shows covers reaches reached invites encourages enables allows rewards celebrates recognises funds meets let fed
    helped gave paid took brought sent offered trained taught placed lent found reopened returns returned closed ended finished ran has was will is now
    """
)
"""What initiatives do at the start of a sentence."""

BRINGERS = (
    "through",
    "via",
    "by way of",
    "under",
    "thanks to",
    "part of",
    "places on",
    "signed up to",
    "join",
    "joined",
    "enrol on",
    "enrolled on",
    "enroled on",
    "funding from",
    "came to",
    "come to",
    "volunteers for",
    "launched",
    "launches",
    "launch of",
    "launching",
    "piloting",
    "ran",
    "completed",
    "finished",
    "graduates of",
    "leads",
    "led",
    "round of",
    "cohort of",
    "intake of",
    "edition of",
    "year of",
    "success of",
    "members of",
    "version of",
    "phase of",
    "taught",
    "teach",
    "delivers",
    "deliver",
    "set up",
    "set in",
    "started",
    "mentors in",
    "works on",
)
"""Words before an initiative that also may stand before something else."""

CALLED = (
    "called",
    "named",
    "known as",
    "dubbed",
    "titled",
    "entitled",
    "branded",
    "christened",
    "nicknamed",
    "under the name",
    "under the banner of",
    "under the banner",
)

CORPORATE = (
    COMMON_WORDS
    | GENERIC_WORDS
    | GENERIC
    | table(
        """
        Staff People Patients Students Pupils Children Families Nurses Doctors Colleagues Teachers Parents Residents Tenants Members Volunteers Work Research
        Health Education Training Funding Support Care Technology Data Energy Recruitment Housing Transport Money Government Parliament Science Nature Music
        Sport Art Food Water Today Tomorrow Success Progress Learning Teaching Employment Inclusion Equality Diversity Sustainability Apprenticeship Apprenticeships
        Apprentices Management Leadership Partnership Collaboration Innovation Investment Trust Council University College School Company Charity Coalition
        Hospital Hospitals Department Report Plan Strategy Programme Project Scheme Fund Group Team Network Committee Executive Talent Equity Demand
        Sickness Turnover Loyalty Wages Interns Tutors Engineers Governors Employers Trusts Partners Lifts Maternity Screening Digital Ward Entry Wing Room
        Site Station Band Level Levels Association Charter Gold Silver Bronze Society Act Bill Page Goal Goals Promise Section Chapter Figure Appendix
        Part Winner Winners Chair Mayor Professor Director Intensive Outpatients Outpatient Inpatient Ambulatory Critical Acute Emergency Accident Same Day
        Theatre Theatres Surgical Operating Therapy Rehabilitation Dementia Cancer Diabetes Stroke Respiratory Cardiac Renal Neonatal Paediatric Palliative
        Value Values Indicators Indicator Officer Officers Manager Managers Non-Executive Chief Medical Nursing Finance Employee Employees Workers Worker Carer
        Carers Customer Customers Client Clients Supply Chain Procurement Net Zero Carbon Levelling Up Equal Opportunity Opportunities Mobility Purpose
        Notes Editors Contact Press Office Enquiries Media News Information Details Further More Read Privacy Terms Conditions Cookies Freedom Speak Guardian
        Credit Universal Pension Benefit Benefits Allowance Tax Insurance Income Minimum Living Wage Real Rate Modern Slavery Higher Foundation Degree Bachelor
        Master Masters Diploma Certificate Entry Functional Skills English Maths Mathematics Physics Chemistry Biology Key Stage Reception Sixth Form Early
        Years Special Needs Free Meals Premium Prime Minister Secretary State Lord Lords Commons House Cabinet First King Queen Prince Royal Majesty Crown
        Internet Wi-Fi Artificial Intelligence Machine Virtual Reality Sign Language Black White Asian Minority Ethnic Ethnicity Gender Race Disability Disabled
        World War Armed Forces Bank Holiday Christmas New Tier Schedule Regulation Regulations Duty Duties Code Practice Guidance Standards Statement
        Declaration Agreement Disclosure Barring Order Licence Gypsy Roma Traveller Bible Church Sunday Football Premier League Cup Olympic Olympics World
        Assistant Assistants Practitioner Practitioners Associate Associates Apprentice Registered Midwife Nurse Doctor Consultant Junior Pathway Pathways
        Total Overall Average Median Mean Quarter Male Female Woman Women Man Men Yes No None Full Part Time Hours Week Weeks Month Months Year
        Fire Rescue Age Experience Careers Ambulance Library Libraries Leisure Centre Clinic Surgery Pharmacy Practice Post Heat Pump Pumps Solar Electric Vehicle
        Vehicles Bus Rail Road Lifetime Achievement Excellence Winner Highly Commended Category Outstanding Good Requires Inadequate
        """
    )
)
"""What institutions like to write with capitals; a name needs a word beside these."""

PEOPLES = table(
    """
    English Welsh Scottish Irish British European African Caribbean Asian American Somali Bengali Urdu Punjabi Arabic Polish Romanian Kurdish Turkish
    Portuguese Spanish French German Italian Chinese Cantonese Mandarin Hindi Gujarati Tamil Ukrainian Russian Farsi Pashto Gaelic Roma Traveller
    Muslim Christian Jewish Hindu Sikh Buddhist Catholic Protestant Anglican Methodist Quaker Indian Pakistani Bangladeshi Nigerian Filipino
    """
)

SPORTS = table(
    "Football Rugby Cricket Tennis Golf Boxing Rowing Sailing Athletic Athletics Rotary Lions Bowls Hockey Netball Swimming Cycling Working Social Jockey"
)
"""Words that make a club a body."""

QUANTIFIERS = table(
    "Few Many Most Some All Both Each Every Several Another Other More Fewer Less Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve No Any The A An"
)
"""First words that only count what follows."""

ABSTRACT_ENDS = (
    "ing",
    "s",
    "ness",
    "ity",
    "tion",
    "sion",
    "ment",
    "ship",
    "ism",
    "ance",
    "ence",
    "ure",
    "hood",
    "dom",
    "ty",
    "cy",
)
"""Endings of words that open a sentence without an article: Funding, Poverty."""

GIVING = table(
    "gives takes pays brings lends sends offers provides teaches trains pairs links matches supports guarantees runs connects equips prepares puts lets"
)
"""What a single word at the start of a sentence has to do to be a name."""

INSTITUTIONAL = table(
    """
    Help Meeting Meetings Case Cases Findings Session Sessions Item Items Urgent Declaration Interest Interests Instrument Appointment Appointments Policing
    Powers Disorder Disorders Organisation Organisations Assessment Assessments Footprint Boards Family Advice Charities Federated Hub Growth Capitalism
    Bribery Probity Minutes Apologies Absence Matters Arising Agenda Decision Decisions Resolution Constitution Terms Reference Consultation Hearing
    Inquiry Panel Forum Network Networks Tutoring Card Loans Capital Asset Assets Budget Statement Statements Accounts Audit Register Registers Policies
    Procedure Procedures Guideline Guidelines Protocol Protocols Sector Sectors Industry Industries Market Markets Product Products Brand Company
    Condition Conditions Disease Diseases Syndrome Therapy Therapies Treatment Vaccine Vaccines Screening Test Tests Testing Leave Pay Bank Account
    Status Rights Act Law Court Courts Justice Crime Police Force Forces Army Navy Zone Zones Area Areas Region Regions Estate Estates Street House
    Lead Leads Principle Principles Priority Priorities Objective Objectives Outcome Outcomes Target Targets Theme Themes Aim Aims
    Course Courses Module Modules Unit Units Class Classes Grade Grades Subject Subjects Curriculum Term Terms Language Literacy Numeracy
    """
)
"""Further last words of what institutions capitalise."""

POST_WORDS = table(
    """
    Manager Managers Director Directors Officer Officers Treasurer Secretary Consultant Consultants Visitor Visitors Advisor Advisors Adviser Advisers
    Coordinator Coordinators Nurse Nurses Minister Ministers Councillor Councillors Trustee Trustees Assistant Assistants Worker Workers Holder Holders
    Ambassador Ambassadors Practitioner Practitioners Commissioner Commissioners Navigator Navigators Specialist Specialists
    """
)
