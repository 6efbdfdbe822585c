"""What the tables say: invented trusts, councils, colleges and charities."""

Rows = list[list[str]]

INTRO = (
    "The tables on this page are part of the report that the board received in July. They are explained in the "
    "paragraphs around them, and the figures were checked by the internal auditors before they were printed."
)
AFTER = (
    "Progress is reported to the committee every quarter. Where an action is late, its owner writes to the chair and "
    "says what stands in the way, and the letter is published with the minutes of the next meeting."
)
COLUMN = (
    "Wenlow Valley College opened its doors on Saturdays for the first time this year. Families came to try a trade "
    "for a morning, and tutors stayed to talk about courses, travel and money. More than half of those who came had "
    "never been inside a college before. The canteen cooked for everyone, and the bus company laid on a shuttle from "
    "the two estates on the hill. We shall do it again in the spring, with the library and the job centre at our side, "
    "because parents told us that they would not have come to an open evening in the week."
)

KPI: Rows = [
    ["Measure", "2021/22", "2022/23", "2023/24"],
    ["Apprentices in training", "311", "367", "412"],
    ["Apprentices from the three poorest wards", "64", "98", "141"],
    ["Staff paid the real living wage (%)", "88.2", "97.0", "100.0"],
    ["Spend with local suppliers (£m)", "12.4", "15.9", "21.3"],
    ["Carbon footprint (tonnes CO2e)", "18,402", "17,115", "15,960"],
]

ACTIONS: Rows = [
    ["Action", "Owner", "Due", "Status"],
    [
        "Replace the gas boilers at Tarn Hill with heat pumps and insulate the roof of the outpatient block.",
        "Director of Estates",
        "March 2026",
        "On track; the contract was let in May.",
    ],
    [
        "Train 40 porters and cleaners in sorting waste, and put new bins on every ward.",
        "Waste Manager",
        "October 2025",
        "Complete.",
    ],
    [
        "Move the courier fleet to electric vans and share the charging points with community nurses.",
        "Head of Transport",
        "June 2027",
        "Six of 22 vans delivered so far.",
    ],
    [
        "Ask the fifty largest suppliers for their own carbon plans and score them in every tender.",
        "Procurement Lead",
        "April 2026",
        "Late: 19 plans received.",
    ],
]

RISKS: Rows = [
    ["Risk", "What we do about it", "Rating"],
    [
        "Young people cannot reach the workshop by bus",
        "A minibus runs from the estate at eight and at five, paid for by the housing association",
        "Amber",
    ],
    [
        "Mentors leave before the year is out",
        "Each school has two mentors, and the charity keeps a reserve list of twelve",
        "Green",
    ],
    [
        "Grant for the breakfast club ends in March",
        "Bids have gone to three trusts; the council holds one term of costs in reserve",
        "Red",
    ],
]

PROMISES: Rows = [
    ["Promise", "What we did", "Lead"],
    ["Lend devices", "Lent 340 tablets to tenants who had none, and taught 190 of them", "Digital Inclusion Officer"],
    ["Buy locally", "Split the grounds contract into nine lots so that small firms could bid", "Head of Procurement"],
    ["Hire openly", "Took degree requirements out of 61 job descriptions", "People Director"],
    ["Warm homes", "Insulated 1,204 lofts before the winter", "Asset Manager"],
]

WARDS: Rows = [
    ["Ward", "Households", "Visited", "Referred"],
    ["Abbey", "2,310", "411", "96"],
    ["Castle", "1,985", "377", "102"],
    ["Harbour", "3,044", "590", "187"],
    ["St Aidan's", "1,120", "203", "41"],
    ["Total", "8,459", "1,581", "426"],
]

PROGRAMME: Rows = [
    ["Programme", "Partner", "People reached"],
    ["Reading Friends", "Harbour Library", "240"],
    ["Second Chance Kitchen", "Lockgate Prison", "38"],
    ["Wheels to Work", "Moor Edge Garage", "57"],
    ["Green Skills Week", "Wenlow College", "612"],
]

BURSARIES: Rows = [
    ["Campus", "Bursaries"],
    ["Dockside", "114"],
    ["Hill Top", "96"],
    ["Online", "31"],
]

VISITS: Rows = [
    ["School", "Visits"],
    ["Abbey Primary", "12"],
    ["Castle High", "19"],
    ["Moor Edge", "7"],
]

THEMES: Rows = [
    ["Theme", "Action", "By when"],
    ["Workforce", "Open a nursery for staff on the Tarn Hill site", "2025"],
    ["", "Pay for driving lessons for care workers in the dales", "2026"],
    ["", "Bring 30 retired nurses back as tutors", "2026"],
    ["Supply", "Publish a pipeline of contracts two years ahead", "2025"],
    ["", "Pay invoices of small firms within ten days", "2025"],
    ["Place", "Plant 4,000 trees with pupils of nine schools", "2027"],
]

YEARS: Rows = [
    ["Group", "2022/23", "2023/24"],
    ["", "Started", "Stayed", "Started", "Stayed"],
    ["Care leavers", "14", "11", "22", "19"],
    ["Veterans", "9", "8", "12", "12"],
    ["Carers", "31", "25", "44", "37"],
]

WIDE: Rows = [
    ["Ref", "Objective", "What we will do", "Measure of success", "Lead", "Due"],
    [
        "1.1",
        "Cut the journeys of patients",
        "Offer a telephone or video appointment for every follow-up where no examination is needed, and book transport "
        "together for families who live in the same village so that nobody makes the trip alone. Clinics will open "
        "on two evenings a week.",
        "A third of follow-ups away from the hospital",
        "Chief Operating Officer",
        "Sept 2026",
    ],
    [
        "1.2",
        "Grow our own technicians",
        "Run a laboratory apprenticeship with two colleges, guarantee an interview to everyone who completes it, and "
        "keep a bench free in each department. Travel passes are paid from the first day until the first wage.",
        "Sixteen apprentices a year, four in five stay",
        "Director of People",
        "Sept 2025",
    ],
    [
        "2.1",
        "Feed people well",
        "Buy eggs, milk and vegetables from farms within thirty miles, publish the menus with their carbon figures, "
        "and give what is left over to the community fridge in the market hall each night of the week.",
        "Food waste halved; 60% of spend local",
        "Catering Manager",
        "Dec 2025",
    ],
]

PAPER: Rows = [
    ["Report to", "Board of Directors, meeting in public"],
    ["Title", "Anchor programme: progress in the second quarter"],
    ["Author", "Deputy Director of Strategy"],
    ["Purpose", "To note the progress made and to agree the next steps for the hardship fund"],
    ["Previously considered by", "People Committee, 4 September 2025"],
]

GAP: Rows = [
    ["", "Mean pay gap", "Median pay gap"],
    ["Gender", "11.4%", "7.9%"],
    ["Ethnicity", "6.1%", "4.4%"],
    ["Disability", "2.0%", "1.2%"],
]

GRANTS: Rows = [
    ["Grant holder", "What the grant paid for", "Award"],
    ["Moor Edge Youth Club", "A kitchen in which forty young people learn to cook each term", "£8,400"],
    ["Harbour Repair Shop", "Tools and a tutor for a bicycle workshop that veterans run", "£5,250"],
    ["Sewing Circle", "Six machines, lent to women who start a business at home", "£1,900"],
    ["Castle Credit Union", "A savings club in five primary schools", "£12,000"],
    ["St Aidan's Food Larder", "A refrigerated van that collects from seven shops", "£19,750"],
    ["Dale Carers", "A Saturday group for carers who are still at school", "£6,600"],
]

FOOTNOTES = [
    "1 Counted by headcount at the end of March; part-time posts are included in the figure for each year.",
    "2 The boundary changed in 2022, and earlier figures have been restated so that the years can be compared.",
]
