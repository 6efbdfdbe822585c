"""Words for the layouts: invented organisations of the public sector and what they did."""

PARAGRAPHS = (
    "Harrowdale Community Trust opened a second training kitchen in March. Forty-two residents who had been out of work "
    "for more than a year have since finished the course, and twenty-nine of them now cook in our hospitals, in care "
    "homes or in school canteens across the valley.",
    "The apprenticeship programme grew again. We took on 118 apprentices, most of them from the five wards with the "
    "lowest household incomes, and every one of them was given a mentor who had once been an apprentice here.",
    "Our volunteer drivers made 9,600 journeys. Most of the passengers live more than three miles from a bus stop, and "
    "for many of them the weekly ride to the day centre is the only conversation they have outside their own home.",
    "Westbrook University wrote to every school in the county with an offer of free tutoring. Thirty-one schools "
    "accepted, and 640 pupils met a student tutor once a week from October until the examinations in June.",
    "The council insulated 1,204 homes and replaced the boilers of a further 310. Tenants told us that their bills had "
    "fallen by about a fifth, which for a household on a prepayment meter may be the difference between heating and eating.",
    "A long-term condition need not end a working life. Together with the local jobcentre we set up a self-referral "
    "service in which an occupational therapist, an employment adviser and a person who has been through it all meet "
    "each newcomer within ten days.",
    "Public consultation on the neighbourhood plan ended in September. Two thousand residents answered, four times as "
    "many as the last time, because our community organisers went from door to door instead of waiting in the library.",
    "We buy from our neighbours wherever the rules allow it. Of every hundred pounds that we spent on goods and services, "
    "forty-six went to firms within twenty-five miles, and eleven of those firms had never sold to a public body before.",
    "Interpreters were booked 14,300 times last year in fifty-three languages. Since January a midwife who needs one can "
    "have a voice on the telephone in under two minutes, at any hour of the day or the night.",
    "Breakfast is served in nine primary schools. Teachers report that children who used to come late now come early, "
    "that they concentrate better in the first lesson, and that parents stay for a cup of tea and talk to each other.",
    "The energy centre at Tarn Hill was commissioned in November. Its heat pumps draw warmth from the old mine workings "
    "and will save about 2,300 tonnes of carbon dioxide each year, as much as the traffic of a small town.",
    "Governors asked for a plain account of who is promoted. The figures showed that colleagues from ethnic minorities "
    "waited fourteen months longer for their first senior post, so all interview panels are now mixed and trained.",
    "Digital champions sat with 870 older residents and showed them how to order prescriptions, speak to family abroad "
    "and recognise a fraudulent message. Each of them may borrow a tablet with a data allowance for six months.",
    "Bramley Road library reopened after eighteen months. It holds fewer shelves than before, but there is a workshop, "
    "a room for births and marriages to be registered, and a counter at which the credit union takes deposits.",
    "Care leavers are guaranteed an interview for every post up to grade five. Seventeen of them were appointed during "
    "the year, and the housing association keeps a flat free for any who would otherwise have to sleep on a sofa.",
    "The screening van called at markets, mosques and football grounds. It found high blood pressure in one visitor out "
    "of six, and a nurse telephoned each of them within a week to make sure that they had seen their own doctor.",
    "Staff may now take five days of paid leave a year to look after a relative. Nearly a third of our workforce are "
    "carers, many of them without having told anybody, and the network that speaks for them has trebled in size.",
    "Northmere College built its new engineering block beside the railway station so that students from the coast can "
    "reach it without a car. Enrolment from those villages rose by 38 per cent in the very first year.",
    "The hardship fund paid 412 small grants, most of them for a deposit, a cooker or a set of tools. Nobody was asked "
    "to fill in more than one page, and four in five had their answer by the following day.",
    "Patients wait less long than they did. The surgical hub at Ferndale performs hip and knee operations on six days of "
    "the week, and the number of people who had waited for more than a year fell from 611 to 74.",
    "Our green spaces team planted eleven thousand trees along the ring road with the help of four secondary schools. "
    "Pupils chose the species, measured the air before and after, and presented their findings to the full council.",
    "A partnership of seven employers now offers every young person in year ten a week of work experience. No pupil has "
    "to find a placement through an uncle or an aunt, and travel and lunch are paid for.",
    "The board heard from Mrs Adeyemi, who told the story of her son's move from children's to adult services. Because "
    "of what she said, each young patient is now accompanied by a named nurse for twelve months.",
    "Rents were frozen for tenants who had fallen behind through illness. Officers visited all 260 of them at home, and "
    "helped 94 to claim a benefit to which they had been entitled for years without knowing of it.",
    "Small businesses on the Lockgate estate share a van, a book-keeper and a repair shop. The scheme was started with a "
    "loan from the university and has paid back two thirds of it ahead of time.",
    "Nurseries run by the trust took in 75 two-year-olds whose parents attend college. Speech therapists spend a morning "
    "in each of them every fortnight, and most children who spoke little have caught up before they start at school.",
    "The night bus between the two hospitals carried 31,000 passengers. Half of them are cleaners, porters and kitchen "
    "staff who finish after eleven o'clock and used to pay for a taxi out of an hour's wages.",
    "Fifteen social enterprises were given rooms in the old court house at a peppercorn rent. They employ 88 people "
    "between them, and have turned the cells into a recording studio that local schools may book free of charge.",
    "Mental health practitioners now answer emergency calls together with the ambulance crews. In the first half-year "
    "they were able to help 1,900 callers at home who would otherwise have been taken to a casualty department.",
    "An independent review of our complaints procedure found that letters were hard to understand. We rewrote all of "
    "them with a panel of residents, and the number of people who complained a second time fell by half.",
    "Veterans and their families may register with any of our practices in two minutes. Thirty-eight receptionists have "
    "learnt which questions to ask, and the well-being service keeps appointments free for them on Thursdays.",
    "The museum lent three hundred objects to care homes. Residents handle a flat iron, a miner's lamp or a ration book, "
    "and the stories they tell are recorded by sixth-form students for the county archive.",
    "Lending at the credit union grew by a quarter after staff could save straight from their pay. The average loan is "
    "£640, and a member who borrows from us instead of a doorstep lender keeps about £300 of it in interest.",
    "Safety on the Rookwood estate has improved. Street lights were moved to where women told us that they felt afraid, "
    "and the youth club stays open until ten o'clock on the four evenings when it used to be shut.",
    "Every ward has a dementia-friendly corner with a clock, a calendar and a window to the garden. Falls on those wards "
    "are down by a third, and relatives are welcome at all hours and may stay the night.",
    "Scholarships named after our first woman engineer were awarded to nine students from families in which nobody had "
    "gone to university. Each receives £4,000 a year and a summer placement with one of our partners.",
)

HEADINGS = (
    "Training our neighbours",
    "Warmer homes for less",
    "Schools and young people",
    "A fair chance of promotion",
    "Getting about",
    "Buying from local firms",
    "Looking after carers",
    "Digital skills for everybody",
    "Health where people are",
    "Green spaces",
    "Listening to residents",
    "Places to start a business",
)

ITEMS = (
    "open recruitment days in all nine market towns",
    "free bus passes for apprentices until their first full wage has been paid, whatever the distance they travel and "
    "whichever company runs the bus",
    "a named mentor for each newcomer",
    "two hundred hours of tutoring at Northmere College, half of them in the evening so that shift workers can attend",
    "quicker payment of small suppliers",
    "a review of every job description for qualifications that the post does not need",
    "laptops on loan",
    "holiday clubs with a hot meal in six parishes, run by volunteers together with the youth service and paid for out "
    "of the community fund",
    "an advice line in twelve languages",
    "guaranteed interviews for veterans, carers and care leavers",
    "repairs done by trainees",
    "solar panels on the roofs of four leisure centres",
)

QUOTES = (
    "“I came in to mend a bicycle and left with a job.”",
    "“Nobody had ever asked us what we needed before.”",
    "“My daughter reads to me now, and she is only six.”",
)

CAPTIONS = (
    "Pictured: apprentices in the training kitchen at Harrowdale with their first wedding cake.",
    "Figure 2: Journeys made by volunteer drivers in each quarter of the year.",
    "Photograph: the heat pumps at Tarn Hill on the morning they were switched on.",
)

NOTES = (
    "Household income is taken from the county survey of 2022.",
    "A fuller account is given in the report to the audit committee of 14 May.",
    "Figures for the last quarter are provisional.",
)


def paragraphs(start: int, count: int) -> tuple[str, ...]:
    """So many paragraphs from a place in the bank, beginning again at its end."""
    return tuple(PARAGRAPHS[(start + i) % len(PARAGRAPHS)] for i in range(count))


def headings(start: int, count: int) -> tuple[str, ...]:
    return tuple(HEADINGS[(start + i) % len(HEADINGS)] for i in range(count))
