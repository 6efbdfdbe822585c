"""The words that names of organisations are made of."""

from goalmap.extract.words import table

PUBLIC = table(
    """
    Trust Trusts Board Council Councils Authority Department Ministry Agency Commission Police Constabulary Corps Regiment Government Treasury
    Inspectorate Tribunal Ombudsman Regulator Directorate Secretariat Observatory Parliament Assembly Prison Hospitals Hospice Brigade
    Surgery Practice Taskforce Committee Panel System
    """
)
LEARNING = table(
    "University College Colleges School Schools Academy Academies Nursery Faculty Institute Institution Museum Gallery Theatre"
)
CIVIL = table(
    """
    Charity Foundation Network Networks Coalition Partnership Partnerships Federation Association Society Union Club Forum Alliance Consortium
    Guild Chamber Confederation Congress Legion Scouts Guides Cadets Volunteers Veterans Choir Orchestra Church Mosque Gurdwara Synagogue Temple
    Cathedral Diocese Cooperative Co-operative Co-op Rugby Athletic Rovers Wanderers FC RFC
    """
)
TRADE = table(
    """
    Ltd Ltd. Limited plc PLC CIC LLP Inc Group Holdings Bank Corporation Company Homes Housing Facilities Finance Insurance Solutions Consulting
    Consultancy Technologies Exchange Partners Buses Railway Airlines Airways Motors Brewery Distillery Healthcare Pharmacy Kitchen Works Studios
    Labs Logistics Engineering Construction Developments Estates Properties Investments Capital Ventures Energy Water Power Fibre Telecom
    Broadband Media Press Publishing Foods Bakery Farm Farms Dairy Retail Stores Supermarkets Build Builders Contractors Marine Shipyard
    Shipping Aerospace Steel Steels Chemicals Pharma Pharmaceuticals Renewables Enterprise Enterprises Systems Industries Recruitment Retrofit
    Echo Gazette Herald Chronicle Telegraph Courier Argus
    """
)

HEADS = PUBLIC | LEARNING | CIVIL | TRADE
"""The last word of a body's name."""

LOWER_HEADS = table("plc Ltd Department Ministry")
"""Heads that open a search though they are written small or stand first."""

OPENERS = table(
    """
    University College School Faculty Institute Institution Department Ministry House Bank Society Association Academy Council Board
    Federation Borough Church Office Guild Chamber Confederation Foundation Friends Diocese Trust Centre Union Commission Agency Corporation
    Hospitals Company Order Museum Campaign Regulator
    """
)
"""Words after which `of` goes on with the same body: University of the Marches."""

FOR_OPENERS = table(
    "Department Ministry Foundation Institute Centre Society Association Office Agency Campaign Commission Charity"
)
"""The same with `for`: Department for Transport."""

SUFFIXES = table("Ltd Ltd. Limited plc PLC CIC LLP Inc CIO SCIO plc. UK")
"""What follows a whole name."""

ADDITIONS = table("NHS Foundation Medical Leisure")
"""Words that lead from one head to the next: Trent College Foundation Trust."""

LAST_WORDS = HEADS | table("Form England Wales Scotland UK Cymru Service Services Centre Office")

AMBIGUOUS_HEADS = table(
    """
    Academy Company System Kitchen Club Works Exchange Panel Build Farm Power Capital Press Theatre Partners Guides Scouts Congress Media
    Engineering Housing Homes Energy Practice Recruitment Enterprise Retrofit Partnership Bank
    """
)
"""Heads that initiatives, places and posts share with bodies."""

SCHEME_HEADS = table("Kitchen Club Exchange Works Build Farm Power Volunteers Pantry Studios Labs")
"""Heads that schemes have as often as bodies."""

GOVERNORS = table("Directors Governors Trustees Management Education Members")
"""Of whom a board or council consists."""

WEAK_ENDS = table("Wood Power Steel Farm Church Marine Water Temple")
"""Heads that also are surnames or things, so that they do not show a body by themselves."""

NAMING_HEADS = table(
    "Committee Commission Forum Department Ministry Government Parliament Treasury Faculty Institute Coalition Alliance Federation Society Network"
)
"""Heads that name a body even after a common word: Education Committee."""

GENERIC_WORDS = table(
    """
    Local Combined City County District Borough Town Parish Unitary Public Trust Trusts Executive Managing Project Steering Working Social State Special
    Credit NHS Fire Integrated Care Health Service Services Staff Board Boards Main Full Joint Central Shadow Clinical Primary Secondary High
    Warm Affordable Community National Regional Young Council Councils University School Schools College Further Higher Sixth Multi-Academy
    Teaching Foundation Private Voluntary Housing Corporate Senior Management Leadership Legal and Finance Mental Programme Parent Parents User
    Users Green Planning Task Focus Advisory Reference Transport Transition Education Authority Authorities Group Estates Infant Junior Nursery
    Village Academy Directors Governors Trustees of the Catholic Our Communities Independent Training Medical General Annual
    """
)
"""Words that make no name of a common noun: Local Authority, Trust Board, Board of Directors."""

COMMON_WORDS = table(
    """
    Education Children Healthcare Operations Estates Officers Directors Financial Remuneration Status Challenge Voices Coding Regulations
    Speech Infant Corporation Alliance Panel Lone Northern Cabinet Communities Housing Media Digital Theatre Foreword Non-Executive Learning
    Skills Families Finance Performance People Culture Strategy Equality Diversity Inclusion Workforce Recruitment Careers Enterprise Transport
    Planning Regeneration Investment Environment Climate Adult Adults Social Health Wellbeing Public Private Sustainability Procurement
    Communications Maternity Paediatrics Radiology Pharmacy Surgery Medicine Oncology Cardiology Emergency Nursing Midwifery Therapies Music
    Drama Physics Chemistry Biology Mathematics History Geography Coronavirus White Black Asian Covid Pandemic Brexit Internet Foodbank Chair
    Director Key Data Poverty Local State Human Resources Governance Risk Audit Awareness Economy Tourism Executive Senior Junior Department
    Facilities Security Catering Customer Leisure Parks Libraries Highways Waste Recycling Licensing Services Care Support Team Centre Unit Ward
    Clinic Library Section Appendix Caribbean African European British Irish Welsh Scottish English Polish Romanian Chinese Indian Muslim
    Christian Jewish Hindu Sikh Catholic Filipino Nigerian Pakistani Bangladeshi Gaelic Traveller Bus Rail Grant Scheme Programme Project Report
    Review Policy Plan Duty Legal Partnership Partnerships Development Business Advice Widening Participation Early Years Young Older Goal Goals
    """
)
"""Subjects, departments and peoples that the model takes for bodies."""

NO_BODY_ENDS = table(
    """
    Programme Project Scheme Fund Award Awards Strategy Plan Plans Framework Goal Goals Report Pledge Charter Standard Initiative Campaign Act Bill Day
    Week Year Month Level Levels Credit Wage Review Policy Duty Certificate Tax Premium Budget Account Apprenticeship Apprenticeships Benefit
    Inclusion Participation Awareness Poverty Fair Change Equality Value Lottery Lotteries Added Target Degree Diploma Course Module Disease
    Syndrome Cancer Section Annex App Bursary Scholarship Regulations Agreement Covenant Convention Festival Show Cup League Games
    """
)
"""Last words of initiatives, laws, qualifications and events."""

PEOPLE_ENDS = table(
    """
    Therapists Nurses Visitors Fellows Ambassadors Champions Consultants Officers Workers Midwives Teachers Apprentices Directors Managers
    Practitioners Assistants Groups Neighbours Students Governors Trustees
    """
)
"""Last words that name people by what they do."""

OWNERS = table(
    """
    Children Women Men People Carers Students Veterans Workers Patients Citizens Friends King Queen Prince Princess Bishop Farmers Girls Boys
    Guy Mary John Tenants Residents Shopworkers Teachers Parents
    """
)
"""Owners that belong to a name: King’s College."""

WORKERS = table(
    """
    engineers advisers advisors volunteers assessors workers coaches staff instructors trainers experts tutors therapists mechanics apprentices colleagues
    specialists nurses students officers crews builders psychologists lawyers bankers managers consultants mentors representatives researchers
    scientists grant grants funding support money help sponsorship donation donations backing investment advice
    """
)
"""People and money that come from bodies."""

AGENT_VERBS = table(
    """
    run built provided delivered led hosted funded supported organised backed sponsored managed operated commissioned set developed created
    regulated registered accredited employed awarded published paid matched
    """
)
"""What is done by bodies."""

BODY_NOUNS = table(
    """
    charity contractor company firm co-operative cooperative landlord regulator union supplier supermarket retailer bank subsidiary body organisation
    charities businesses employer partner partners developer manufacturer brewer start-up network arm group agency society club housebuilder
    insurer publisher operator
    """
)
"""What bodies are called where their name stands beside it."""

WEAK_NOUNS = table("partner partners body arm group network employer businesses club operator union agency society")
"""Those that also stand before initiatives."""

SHARED_NOUNS = table("group club partner partners arm")
"""Those that also say what an initiative is: our stay-and-play group."""

BODY_PHRASES = (
    "housing association",
    "think tank",
    "social enterprise",
    "trade union",
    "building society",
    "credit union",
    "community interest company",
    "energy supplier",
    "law firm",
)

CELTIC_OPENERS = table(
    "Cyngor Coleg Prifysgol Ysgol Bwrdd Cymdeithas Cartrefi Comhairle Heddlu Grŵp Urdd Merched Llywodraeth Menter Mudiad Sabhal Bòrd Oilthigh"
)
"""First words of Welsh and Gaelic bodies."""

DIRECTIONS = table("North South East West Mid Central Rural Northern Southern Eastern Western North-East North-West")

PEOPLE_NOUNS = table("colleagues staff members employees tenants workers residents")
