"""The words around and inside names of people."""

from goalmap.extract.words import table

SOFT_TITLES = (
    r"Rt\.?[ ]Hon\.?",
    r"Right[ ]Hon(?:ourable|\.)?",
    r"Hon\.?",
    r"Dr\.?",
    r"Prof(?:\.|essor)?",
    r"Mr\.?",
    r"Mrs\.?",
    r"Ms\.?",
    r"Mx\.?",
    r"Cllr\.?",
    r"Ald\.?",
    r"(?:Very[ ]|Right[ ]|Most[ ]|Rt\.?[ ])?Rev(?:erend|d)?\.?",
    r"(?:The[ ])?Ven(?:erable|\.)?",
    r"Preb(?:endary|\.)",
    r"Bro\.?",
    r"Cllrs",
    r"(?:District|County|Borough|City|Town|Parish|Community)[ ]Councillor",
    r"(?:(?:Assistant|Deputy)[ ])?Chief[ ]Constable",
    r"(?:Acting[ ]|Temporary[ ])?Detective[ ](?:Chief[ ])?(?:Inspector|Superintendent|Sergeant|Constable)",
    r"D(?:CI|CS|et[ ](?:Ch[ ])?(?:Insp|Supt|Sgt|Con))\.?",
    r"PCSO",
    r"Commandant",
    r"Deacon",
    r"(?:Crew|Watch|Station|Group|Area)[ ]Manager",
    r"Fr\.?",
    r"Lt\.?(?:[ ](?:Col|Gen|Cdr)\.?)?",
    r"Capt\.?",
    r"Col\.?",
    r"Maj\.?(?:[ ]Gen\.?)?",
    r"Brig\.?",
    r"Cdr\.?",
    r"Sgt\.?",
    r"Cpl\.?",
    r"PC",
    r"DC",
    r"DCI",
)
"""Honorifics that come in several spellings."""

WHOLE_TITLES = table(
    """
    Sir|Dame|Lord|Lady|Baroness|Baron|Viscount|Viscountess|Earl|Countess|Miss|Councillor|Alderman|Canon|Father|Rabbi|Imam|Sister|Brother|
    Archdeacon|Bishop|Archbishop|Sheikh|Pastor|Provost|Bailie|Major|Colonel|Lieutenant|Lieutenant Colonel|Lieutenant Commander|Captain|Brigadier|General|Major General|
    Lieutenant General|Commander|Commodore|Admiral|Rear Admiral|Vice Admiral|Sergeant|Staff Sergeant|Corporal|Lance Corporal|Warrant Officer|Group Captain|Wing Commander|Squadron Leader|
    Air Commodore|Air Marshal|Air Vice-Marshal|Flight Lieutenant|Chief Superintendent|Superintendent|Inspector|Chief Inspector|Chief Constable|Judge
    """,
    "|",
)

PEERAGES = table("Lord Lady Baroness Baron Viscount Viscountess Earl Countess")

LETTERS = table(
    """
    MP MSP MS AM MLA MBE OBE CBE DBE KBE GBE KC QC JP DL BEM KCB CB CMG PhD MD FRS FBA FREng FMedSci FRSA FCA FCCA ACA FRSE FLSW FAcSS
    MA MSc BSc MBA DSc RN RGN TD VR QN QPM KPM CIPD CIHCM FRICS FCIPD MCIPD CEng CPFA
    """
)

PARTICLES = table(
    "ap ab ferch verch de dela del della der den di da dos du van von el al bin bint ibn le la ter ten y st Ó Ní Nic Uí Mac"
)
SECOND_PARTICLES = table("an der den de la Giolla")
"""Those that follow another: van der, Mac an."""

KIN = table(
    """
    brother sister son sons daughter daughters husband wife partner mother father mum dad friend colleague caretaker neighbour nephew niece grandson
    granddaughter twin twins baby grandmother grandfather gran nan aunt uncle cousin carer
    """
)

CONTACTS = table(
    "contact enquiries relations author editor photo photograph photographs picture pictures interviews interview chair host"
)

NOT_NAMES = table(
    """
    Street Road Lane Avenue Court Square Park Station Valley Hill House Bridge Centre Hospital Ward Clinic Surgery Hall Green Garden
    Gardens Town City County Village Island River Beach Bay Dock Docks Quay Wharf Harbour Airport Stadium Arena Way Row Terrace
    Crescent Close Drive Place Building Tower Estate Forest Moor Moors Wold Wolds Fells Coast Region North South East West Northern
    Southern Eastern Western Central Greater Upper Lower Royal National British English Welsh Scottish Irish European American
    African Asian Caribbean Black White Muslim Christian Jewish Hindu Sikh Polish Romani Roma Report Plan Strategy Goal Goals
    Programme Project Scheme Fund Award Awards Framework Pledge Charter Standard Day Week Month Year Night Health Care Social
    Community Public Service Services Education Learning Skills Training Development Equality Diversity Inclusion People Culture
    Finance Performance Quality Safety Digital Data Technology Energy Climate Carbon Water Housing Homes Children Families Young
    Women Men Pupils Students Staff Patients Work Working Jobs Job Business Enterprise Economic Growth Regeneration Investment
    Impact Levelling Mobility Purpose Coalition Prime Deputy Chief Executive Director Officer Chair Committee Network Group Board Trust Council College
    University School Academy Institute Society Association Union Bank Company Press Media News Contact Email Notes Read Download
    Facebook Twitter LinkedIn Instagram YouTube Google Zoom Teams Microsoft Windows Android Apple Amazon Covid Brexit
    Level Levels Universal Credit Living Wage Act Bill Standards Tax Vat Gas Oil Wind Solar Heat Net Zero Cancer Diabetes
    Annual General Meeting Summary Introduction Foreword Conclusion Appendix Table Figure Chapter Section Part Page
    Gold Silver Bronze Platinum Red Blue Club Forum Partnership Alliance Foundation Charity Workshop Hub Library Museum Theatre Gallery
    Parliament Government Ministry Department Office House Commons Lords Treasury Senedd Assembly Police Army Navy Force Forces Armed
    Secretary Minister President Professor Cabinet Member Leader Manager Head Lead Senior Junior Nurse Doctor Consultant Governor
    Bus Buses Rail Railway Train Trains Line Lines Express Mail Post Times Guardian Telegraph Observer Star Sun Mirror Herald Gazette
    Cymru Heol Neuadd Sixth Form Primary Secondary Key Stage Early Years Open Good Best Better New Old First Second Third Last
    Mental Physical Emergency Accident Maternity Stroke Radiology Theatre Theatres Emissions Scope Total Fair Reducing Improving
    Gender Pay Gap Kitchens Partners Fund Funds Team Teams Groups Grants Grant Warehouse Mayor Chancellor Walk Walk-In Talking Equalities Manager
    Supporting Delivering Creating Developing Promoting Advancing Strengthening Tackling Closing Extending Harness Achieve
    Healthcare Apprenticeship Apprenticeships Apprentice Traineeship Internship Bursary Scholarship Volunteer Volunteers Volunteering
    """
)
"""Words that stand in names of places, bodies and headings, but hardly in a person's."""
