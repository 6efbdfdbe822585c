"""Words for the unseen layouts: other invented bodies than those of the layouts on which the rules were made."""

TEXTS = (
    "Wenlow Hospitals NHS Foundation Trust cares for 610,000 people in two cities and the moorland between them. We "
    "employ 8,214 colleagues from 97 nations.",
    "In February the maternity unit at Aske Park was rated good by the regulator. Inspectors praised the way in which "
    "midwives speak with parents whose first language is not English, and asked us to shorten the wait for scans. "
    "Both the praise and the request were shared with every team on the same afternoon.",
    "We missed the four-hour standard in nine months out of twelve.",
    "Twenty-six bays have been turned into single rooms. Infection rates on those wards have halved, and patients sleep "
    "an hour longer each night according to the survey that Healthwatch carries out for us.",
    "Our charity raised £1.4 million. The largest gift came from a retired signalman who left his cottage to the "
    "children's ward, and the smallest, of 12 pence, was posted by a boy of four.",
    "From 1 April all new contracts above £25,000 carry a social value weighting of 15 per cent. Bidders choose three "
    "promises from a list that was drawn up with the borough, the chamber of trade and two tenants' associations; the "
    "promises are then checked every six months by the contract manager and the results are published on our website.",
    "The Council has a duty under section 149 of the Equality Act 2010 to have due regard to the need to eliminate "
    "discrimination, advance equality of opportunity and foster good relations.",
    "Members noted that the vacancy rate for community nurses stood at 11.8% in May (13.2% in the same month of the "
    "previous year) and thanked the recruitment team.",
    "A second cohort of 24 trainee nursing associates began in September; nineteen live within walking distance of the "
    "hospital and seven had been porters or domestics here for more than ten years.",
    "Steam boilers at the Priory site will be switched off in 2027. Until then we buy certified green electricity, have "
    "fitted 4,300 LED lamps and send no food waste to landfill.",
    "How do we know that it works? Each programme has a short list of measures, agreed beforehand with the people whom "
    "it is meant to help. An independent evaluator reads the diaries of forty volunteers and reports to the board in "
    "public. Where a measure does not move for two years the money goes elsewhere.",
    "Desflurane is no longer used in any of our theatres. Together with the change to low-carbon inhalers this has "
    "saved 1,870 tonnes of carbon dioxide equivalent.",
    "Pupils from eleven primary schools spent a day in the simulation suite. They learnt to take a pulse, to call an "
    "ambulance and to bandage a teddy bear, and 83 per cent said afterwards that they could imagine working in a "
    "hospital.",
    "The credit union opened a desk in the staff restaurant.",
    "Colleagues can draw up to half of the wages they have already earned before pay day without a fee. In the first "
    "eight months 1,126 did so, most often in the week before the school term began.",
    "The Vale of Orrin is older and more thinly settled than the rest of the county. One household in five has no car, "
    "the last bus leaves Orrinhead at ten past six, and broadband is slower than anywhere else south of the border. "
    "That is why the first three community diagnostic vans were sent there.",
    "Dr Farida Halloran, medical director, said: “People told us that they had stopped asking for help because they "
    "expected a refusal. We have tried to make it easier to say yes.”",
    "Complaints fell from 742 to 655. The subjects raised most often were waiting times, letters that arrived after the "
    "appointment, and parking.",
    "Kestrel Housing Group completed 318 homes, of which 204 are let at a social rent. All of them reach energy band B "
    "or better; thirty-two were built on the car park of the former Marlowe Street clinic, which we sold to the group "
    "for a pound on condition that key workers are offered a third of the tenancies.",
    "The Committee RESOLVED that the minutes of the meeting held on 9 January be approved as a correct record.",
    "Our freedom to speak up guardians heard 91 concerns, twice as many as a year ago. We take that as a sign of trust.",
    "Young people who have been in care may live rent-free in a house owned by the university while they study. The "
    "scheme was thought of by students, is run by students, and had its first graduates in July.",
    "An apprenticeship is open to anybody of any age. The oldest of our current apprentices is 61.",
    "We will publish our ethnicity pay gap by December 2025, with a narrative written jointly by the race equality "
    "network and the director of finance.",
    "Dental vans visited the travellers' site at Hob Lane on six Saturdays. Sixty-eight adults and 114 children were "
    "seen, many for the first time in their lives, and all who needed further treatment were given a practice.",
    "To reach the target we need to reduce emissions by a further 9,400 tonnes before 2032. Four fifths of the saving "
    "will come from the estate, the rest from travel, medicines and the supply chain. Annex B sets out the yearly "
    "budget and the officer who answers for it.",
    "Talking helps. The listening service, staffed by retired counsellors, is free and open until midnight.",
    "The audit found that one invoice in nine was paid late. Since October small firms are paid within five working "
    "days of delivery, and the backlog of 2,300 disputed items has been cleared.",
    "Two hundred and six refugees with a clinical qualification from abroad asked for advice. We helped 58 of them to "
    "register with a professional council; 41 now work for us, among them an anaesthetist who had been stacking shelves.",
    "Trustees are satisfied that the charity is a going concern.",
    "Reading volunteers from the fire service go to three nurseries in Dunmarsh each week. Staff say that attendance is "
    "best on those days, and that fathers come more often.",
    "Broadband vouchers worth £350 were given to 940 households. A team of sixth-formers, paid the real living wage, "
    "called at each address to set up the router and to show how to see a doctor by video.",
    "The strategy was written with 1,300 residents at forty-one meetings between November and March, in village halls, "
    "at the mosque, on the market and, once, on a narrowboat.",
    "There are no direct financial implications arising from this report.",
    "Five years after it was opened the Ropewalk enterprise centre is full. It houses ninety-three firms with 410 jobs, "
    "of which 62 were created by tenants who had been unemployed when they signed the lease; rents are below the market "
    "for the first two years and rise by steps afterwards, so that space comes free for newcomers.",
    "Menopause cafés meet at noon on the first Tuesday of the month.",
    "Bilingual speech therapists assessed 212 children in Polish, Punjabi, Somali and Welsh before they entered "
    "reception class, and wrote a plan with the parents of each.",
    "We recognise that our senior leadership does not yet look like the city that we serve. Of the 148 colleagues in "
    "band 8c and above, eleven are from an ethnic minority background and nine have told us that they are disabled.",
    "The park-and-ride now calls at the hospital every twelve minutes from half past five in the morning. Two of the "
    "buses are electric and a further six are on order.",
    "Anyone who would like this document in large print, in Braille or in another language should ask at reception.",
    "During the year the governors' nominations committee appointed two non-executive directors. Both posts were "
    "advertised without a requirement for earlier board experience, and the interview panel included a patient, a "
    "trainee and a trade union representative.",
    "Warm spaces were open in fourteen libraries from November to March. 23,617 visits were counted.",
    "Every ward now has a mealtime volunteer. Relatives and carers can eat with patients at any time of the day.",
    "Learning from deaths: 1,041 case notes were reviewed by a second consultant. In six cases the care was judged to "
    "have contributed to the outcome, and in each of them the family was told, an apology was made and an action plan "
    "was agreed.",
)

HEADS = (
    "Overview of performance",
    "Who we are and what we do",
    "Quality priorities for the coming year",
    "Reducing our carbon footprint",
    "Fair pay and a fair start",
    "Working with schools and colleges",
    "Homes, transport and neighbourhoods",
    "Money advice for colleagues",
    "How we buy goods and services",
    "Speaking up",
    "Risks and how we manage them",
    "What happens next",
    "Rural health",
    "Research for everyone",
)

POINTS = (
    "publish an accessible summary of each board meeting within two days",
    "double the number of supported internships, from 12 to 24, and pay each intern's travel",
    "flu vaccination on night shifts",
    "offer a guaranteed interview to anyone who has completed a pre-employment course with the job centre or with one "
    "of our four voluntary partners",
    "replace 60 diesel vans",
    "reverse mentoring for all executive directors",
    "a hardship fund of £75,000, topped up from the lottery each quarter",
    "map every bus route against shift times and, where there is a gap of more than forty minutes, ask the operator for "
    "a later service or lay on a minibus",
    "reduce agency spend",
    "train 300 mental health first aiders among colleagues, tenants and shopkeepers",
    "review parking permits so that community midwives and carers are served first",
    "easy-read letters for all out-patient clinics by March",
)

ASKED = (
    "Who can apply for a supported internship?",
    "Do I need a degree?",
    "What happens to my benefits if I take part, and whom can I ask before I decide?",
    "Will my travel costs be paid?",
    "Can I come back if the course is not right for me the first time?",
    "Is there a crèche?",
)

SAID = (
    "“I was asked what I could do, not what I had done.”",
    "“The minibus is the reason why I still have a job.”",
    "“They rang me back on the same day. Nobody had ever done that.”",
)

CAPTIONED = (
    "Figure 1: Sources of our carbon footprint, 2023/24",
    "Photo: apprentices from the estates team on the roof of Aske Park, where 900 solar panels were fitted in June.",
    "Figure 4: Share of colleagues by pay band and ethnicity",
)

ACTIONS = (
    ("Goal", "Activity", "Outcome", "Partners"),
    (
        "5 Open recruitment",
        "Open days in four market towns; application forms replaced by a conversation of twenty minutes",
        "112 appointed, of whom 71 had been out of work for a year or longer",
        "Job centre, Orrin Valley Council",
    ),
    (
        "8 Good health and wellbeing",
        "Blood pressure checks in barbers' shops and at the cattle market",
        "1,950 checks; 287 people referred to their practice",
        "Public health team, 14 barbers",
    ),
    (
        "9 Extending enterprise",
        "Breakfast meetings at which small firms learn how to bid for our contracts",
        "Spend within the county up from 31% to 44%",
        "Chamber of trade",
    ),
    (
        "13 Harness the energy transition",
        "Retrofit academy for electricians and plumbers in the old laundry",
        "66 trained, 58 in work",
        "Dunmarsh College, Kestrel Housing Group, two local firms",
    ),
)

EQUALITY = (
    ("Indicator", "2022", "2023", "2024", "Change"),
    ("1. Staff from an ethnic minority background", "14.1%", "15.6%", "17.9%", "+2.3"),
    ("2. Relative likelihood of white applicants being appointed from shortlisting", "1.61", "1.44", "1.38", "−0.06"),
    ("3. Relative likelihood of entering the formal disciplinary process", "1.92", "1.30", "1.12", "−0.18"),
    ("5. Staff who experienced harassment from patients or relatives", "31.4%", "29.8%", "30.2%", "+0.4"),
    ("7. Staff who believe that there are equal opportunities for promotion", "44.0%", "46.7%", "51.3%", "+4.6"),
)

SHEET = (
    ("Meeting", "Board of Directors, held in public"),
    ("Date", "Thursday 26 September 2024"),
    ("Title of report", "Anchor institution programme: half-year progress"),
    ("Author", "Shanice Oduya, Associate Director of Partnerships"),
    ("Executive sponsor", "Huw Pritchard, Chief Strategy Officer"),
    (
        "Executive summary",
        "The report describes what has been done since April to recruit locally, to buy locally and to open our "
        "buildings to neighbours. Seven of the nine milestones have been met; the two that are late are both in the "
        "hands of the estates team, and new dates are proposed.",
    ),
    ("Recommendation", "The Board is asked to note the progress and to approve the revised dates"),
)

CYMRAEG = (
    "Rydym yn gofalu am bobl ym mhob rhan o'r sir. Mae pum mil o staff yn gweithio yn ein hysbytai ac yn y gymuned.",
    "Agorwyd canolfan newydd yn Nhre-lan ym mis Mai. Mae'r meddygfa, y llyfrgell a'r caffi yn yr un adeilad.",
    "Bydd pob prentis yn cael cynnig cwrs Cymraeg yn rhad ac am ddim yn ystod oriau gwaith.",
    "Plannwyd dwy fil o goed gan ddisgyblion ysgolion cynradd ar dir yr ysbyty.",
)
SAESNEG = (
    "We care for people in every part of the county. Five thousand staff work in our hospitals and in the community.",
    "A new centre was opened at Tre-lan in May. The surgery, the library and the café share one building.",
    "Each apprentice will be offered a Welsh course, free of charge and during working hours.",
    "Pupils of primary schools planted two thousand trees on the hospital's land.",
)


def texts(start: int, count: int) -> tuple[str, ...]:
    """So many paragraphs from a place in the bank, beginning again at its end."""
    return tuple(TEXTS[(start + i) % len(TEXTS)] for i in range(count))
