"""Sentences with gaps, by what they do: tell an act, give detail of it, or tell no act at all."""

ACTS = (
    # early years and school
    "{scheme} gave {n} families a weekly play session with a health visitor in {place}.",
    "{short} opened a nursery for {n} children of shift workers at {site} in {month} {year}.",
    "our speech therapists trained {n} nursery workers to spot delays before children start school.",
    "{n} pupils from {n} schools in {place} took part in reading hours led by our {staff}.",
    "through {scheme}, {n} of our {staff} mentor pupils in schools where results are below the average.",
    "we paid for {n} laptops and a homework club at {place} Academy.",
    # after sixteen
    "{short} now has {n} apprentices in training, up from {n} in the spring.",
    "{scheme} took on {n} school leavers as trainee {staff} in {month} {year}.",
    "{n} {group} began a supported internship at {site} with {partner}.",
    "{n} students from low-income homes received a bursary of {money} in all to begin a degree.",
    "we gave {n} {group} a work placement of two weeks with our {staff}.",
    "{scheme} offered mock interviews and careers talks to {n} {group} in {place}.",
    "our {staff} gave {n} talks about their jobs in schools and colleges in {place} and {place}.",
    # recruitment and progression
    "{scheme} guarantees an interview to every resident of {place} who completes a four-week course.",
    "in {month} {year} we dropped the degree requirement from {n} roles, and applications rose by {pct}.",
    "{n} {group} from {place} were hired as {staff} through {scheme}.",
    "we removed names and schools from applications for all posts of {staff}.",
    "{scheme} helped {n} colleagues in the lowest pay bands to win promotion.",
    "{n} {staff} finished our course for first-time managers, and {n} of them have been promoted.",
    "{short} paid for {n} {staff} to study at {partner} in working time.",
    # savings, health
    "with {partner} we opened a savings scheme by payroll, which {n} colleagues have joined.",
    "{scheme} gave debt advice to {n} {group}, who gained {money} in benefits that they had not claimed.",
    "our nurses checked the blood pressure of {n} people in {place} and found {n} with high readings.",
    "{short} opened a wellbeing hub for staff at {site}, with counselling by day and by night.",
    "a mobile screening unit saw {n} {group} in {place} between {month} and {month} {year}.",
    "{scheme}, a weekly walk with {staff}, had {n} walkers in the summer.",
    "{n} colleagues have been trained as mental health first aiders since {year}.",
    # enterprise, digital
    "we spent {money} with firms in {place}, {pct} more than in the year before.",
    "our buyers hold a surgery each month for small firms, and {n} of them have won work worth {money}.",
    "{short} gave {n} start-ups free desks and advice at {site}.",
    "{scheme} lent {n} tablets with paid data to {group} in {place}.",
    "volunteers showed {n} {group} how to make video calls and fill in forms.",
    "with {partner} we refurbished {n} laptops and gave them to {group}.",
    # infrastructure, homes
    "the new bus link between {place} and {site}, for which {short} paid {money}, opened in {month} {year}.",
    "{short} and {partner} turned an empty building on Mill Lane into {n} flats for {group}.",
    "{scheme} insulated {n} homes in {place}, and complaints of damp fell by {pct}.",
    "we let {n} homes at social rent in {place} in the year to {month} {year}.",
    "residents of {place} chose the plants and built the beds of a garden on land that {short} gave.",
    # energy, equality
    "{n} solar panels at {site} cut the gas use of {short} by {pct}.",
    "{short} replaced {n} diesel vans with electric ones in {year}.",
    "we cut our carbon footprint by {pct} to {n} tonnes, against a target of {pct}.",
    "the share of senior posts held by ethnic minority colleagues rose from {pct} to {pct}.",
    "{scheme} pairs {n} colleagues from minorities with members of the executive team as mentors.",
    "interpreters in {n} languages are now on call at all hours for {group}.",
    "the mean gender pay gap narrowed to {pct} after we reviewed the pay of {n} {staff}.",
    "a panel of {n} {group} has rewritten {n} letters of {short} in Easy Read.",
)
"""What somebody did for somebody: the sentences that proposals should come from."""

PLANS = (
    "from {month} {year} {short} will offer {n} funded places a year to {staff} who have never managed a team.",
    "{short} will raise the number of apprentices in training to {n} by {month} {year}.",
    "we will open a second desk of {scheme} at {site} in {month} {year}.",
    "{short} has committed {money} over five years to {scheme}.",
    "by {year} half of the energy used at {site} will come from our own panels.",
    "{partner} and {short} are to train {n} {group} for green jobs over the next five years.",
)

DETAILS = (
    "that is {pct} more than in the year before.",
    "of the {n} who began, {n} have finished and {n} have found a permanent job.",
    "one in five is the first in the family to have a job with a pension.",
    "the scheme is paid for with {money} from {partner}.",
    "it is run with {partner} and began in {place} in {month} {year}.",
    "a further {n} places will follow in {month} {year}.",
    "{person}, who joined as one of the first {staff}, now works at {site}.",
    "most of them live in {place} or {place}.",
    "nobody has left the course since it began in {year}.",
    "the waiting list stood at {n} at the end of {month}.",
    "{n} volunteers from {n} departments give their time.",
    "{titled}, {role} of {partner}, sits on the steering group.",
    "the figures were closed on 31 March {year} and are rounded.",
    "it grew out of a pilot with {n} people at {site}.",
)

QUOTES = (
    "every street in {place} is full of talent, and our task is to open the door",
    "we set the target in {month} and were afraid that it was too high, but {n} people proved us wrong",
    "the interview is a promise and not a favour, and {n} people have taken it up",
    "what struck me in {place} was the detail: numbers, names and dates instead of slogans",
    "promotion should not depend on who you know, or on who can afford to study at night",
    "a decent job is the best start to a decent home, as {n} families in {place} can tell you",
    "none of this would have been possible without our remarkable {staff}",
    "I am prouder than I can say of our {staff} and of everybody at {site}",
    "I should like to see {n} more of them before {year}",
    "we had been neighbours of {partner} for sixty years, and it took {scheme} to make us colleagues",
    "we cannot do this without hands, and I would rather hire those hands in {place} than anywhere else",
    "people who had sent {n} applications without a reply are now on the wards and in the kitchens",
    "our people were magnificent in {month}, and we are grateful to every one of them",
    "{scheme} gave me back my mornings, and the {staff} at {site} gave me a reason to use them",
)
SAID = ("said", "said", "said", "added", "commented", "explained")

GOVERNANCE = (
    "the {committee} met {n} times in the year and considered papers on {subject}, {subject} and {subject}.",
    "{titled} was appointed {role} in {month} {year} for a term of three years.",
    "the {committee} is asked to note this paper and to approve the recommendations on {subject}.",
    "minutes of the meeting held in {month} {year} were agreed as a correct record.",
    "the {committee} received assurance on {subject} and asked for a further paper on {subject} in {month}.",
    "members declared no interests other than those on the register.",
    "internal audit gave an opinion of moderate assurance on {subject}, with {n} recommendations.",
    "the risk register was reviewed, and the score for {subject} remains at {n}.",
    "terms of reference of the {committee} were last reviewed in {month} {year}.",
    "attendance of members at the {committee} was {pct} over the year.",
    "the external auditor issued an unqualified opinion on the accounts of {body} for {year}.",
    "there are {n} open actions from earlier meetings, of which {n} concern {subject}.",
    "the constitution of {body} requires that the {committee} report each {month}.",
    "{person} chairs the {committee} and {person} is its deputy.",
    "no serious incidents involving {subject} were reported to the regulator in {month}.",
)

FINANCE = (
    "income for the year was {money}, against a budget of {money}.",
    "the deficit at the end of {month} stood at {money}, which is {pct} of turnover.",
    "spending on {subject} rose by {pct} to {money}, mainly because of prices.",
    "agency costs were {money} in the period, {pct} below plan.",
    "capital spending of {money} was financed from loans of {money} and from reserves.",
    "trade payables fell to {money} as invoices were settled sooner.",
    "depreciation is charged over {n} months on a straight-line basis.",
    "the pension liability was revalued at {money} at 31 March {year}.",
    "cash at bank was {money}, equal to {n} days of spending.",
    "provisions of {money} were made for {subject}.",
    "the accounts have been prepared under the direction of {partner} on a going concern basis.",
    "a variance of {money} against {subject} was reported in {month}.",
    "the efficiency target for {year} is {money}, of which {pct} had been identified.",
    "fees to the auditor came to {money} before tax.",
)

CONTEXT = (
    "{place} has {n} residents, and {pct} of them live in the poorest fifth of areas.",
    "{body} employs {n} people and serves {place}, {place} and the villages around.",
    "a woman in {place} can expect nine more years in good health than a woman in {place}.",
    "{pct} of households in {place} have no car, against {pct} in the county.",
    "{body} was formed in {year} and runs {site}, {site} and {n} smaller sites.",
    "waiting times for {subject} rose across the country in {year}.",
    "the population of {place} is expected to grow by {pct} by {year}.",
    "national guidance on {subject} was published in {month} {year} and is under review.",
    "demand for our {staff} rose by {pct} between {month} and {month}.",
    "unemployment in {place} stood at {pct} in {month} {year}.",
    "the {subject} team is based at {site} and reports to the {role}.",
    "winter was hard for many people in {place}.",
    "respondents to the survey, of whom there were {n}, rated {subject} at {pct}.",
    "the survey was sent to {n} {staff}, and {pct} of them replied.",
    "prices of energy have doubled since {year}, and {subject} has felt it most.",
    "{person} joined {body} in {year} from {partner}, where the post was {role}.",
)

WISHES = (
    "we aspire to a supply chain in which social enterprises play a much larger part.",
    "{short} recognises the importance of {subject} and will return to it in {year}.",
    "our ambition is to be the best place in {place} for {staff} to work.",
    "in the coming year members hope to learn from one another about {subject}.",
    "more must be done for {group} in {place}, and we shall not rest.",
    "{short} is passionate about {subject} and about every one of its {staff}.",
    "where possible, managers should consider the needs of {group} when planning {subject}.",
    "excellence, kindness and courage stand behind everything that the {staff} of {place} do.",
    "we believe in {place}, and we believe in its {group}.",
)

TITLES = (
    "{short} and {partner} open {scheme} in {place}",
    "{n} {group} find work through {scheme}",
    "{place}: {n} new places for {group}",
    "{scheme} reaches {n} {group} in its first year",
    "New {role} for {body}",
    "{money} for {group} in {place}",
    "How {scheme} changed {place}",
    "{person} honoured for work with {group}",
)
REPORT_TITLES = {
    "board": ("Report of the {role}: {subject}", "{subject}: update to the {committee}", "Board paper: {scheme}"),
    "annual": ("Annual report and accounts {year}",),
    "impact": ("Our social impact in {year}", "{scheme}: impact report {year}"),
    "strategy": ("{subject}: our strategy to {year}", "{scheme}: a strategy for {place}"),
    "bulletin": ("{place} bulletin, {month} {year}", "News from {place}, {month} {year}"),
}
HEADINGS = (
    "Background", "Our people", "Starting out", "Moving up", "Health at work", "Neighbours", "Suppliers", "Customers",
    "Looking ahead", "Recommendations", "Financial review", "Governance", "Risks", "Where we stand", "Energy and waste",
    "A fair place to work", "With our partners", "Performance in {month}", "{subject}", "{scheme}", "News from {place}",
    "Work in {place}", "Report of the {role}", "Progress since {year}", "{committee}", "Next steps",
)  # fmt: skip
MEASURES = (
    "Apprentices in training", "Staff promoted", "Carbon footprint, tonnes", "Spending with local firms, £ million",
    "Agency spending, £ million", "Days lost to sickness", "Complaints closed in time", "Residents hired",
    "Tablets lent", "Homes insulated", "Invoices paid within 30 days", "Vacancies", "Mandatory training, per cent",
    "Waiting over 18 weeks", "Bed occupancy, per cent", "Gender pay gap, per cent", "Volunteers", "Income, £ million",
)  # fmt: skip
ABOUT = (
    "{body} was formed in {year} and employs {n} people in {place} and {place}. It had an income of {money}.",
    "{scheme} is a programme of {body}. It was founded in {year} and has {n} members.",
    "{partner} is a partner of {body} and has its seat in {place}.",
    "For interviews and photographs, write to the press office of {body} or telephone 01632 960{n3}.",
    "{titled} is {role} of {body} and lives in {place}.",
)
COOKIES = (
    "We use cookies to make this site work. Accept all cookies",
    "Skip to main content",
    "Share this page: Email Print",
)
