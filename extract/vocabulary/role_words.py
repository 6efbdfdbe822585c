"""The words that posts end in, by walk of life."""

from goalmap.extract.words import table

GOVERNING = table(
    """
    executive officer director chair chairs chairman chairwoman chairperson co-chair co-chairs vice-chair deputy minister secretary leader mayor manager lead
    head president vice-president chancellor trustee founder co-founder governor commissioner ambassador champion patron guardian
    partner owner proprietor envoy speaker whip mp msp mla peer councillor provost convenor convener treasurer clerk magistrate foreman
    representative spokesman spokeswoman spokesperson sponsor controller strategist ceo cfo coo cio md lieutenant lord-lieutenant sheriff
    """
)
LEARNING = table(
    """
    vice-chancellor pro-vice-chancellor professor lecturer dean principal headteacher headmaster headmistress teacher tutor fellow bursar
    librarian curator researcher scientist economist historian archaeologist instructor trainer coach mentor facilitator navigator graduate
    apprentice trainee intern
    """
)
CARE = table(
    """
    nurse matron midwife sister consultant doctor surgeon physician anaesthetist psychologist psychiatrist radiographer radiologist oncologist
    cardiologist paediatrician geriatrician pathologist pharmacist physiotherapist therapist paramedic practitioner registrar dietitian
    optometrist optician dentist hygienist psychotherapist counsellor chaplain carer childminder playworker worker porter
    """
)
TRADES = table(
    """
    adviser advisor analyst coordinator co-ordinator engineer caretaker warden inspector superintendent constable sergeant corporal captain
    major colonel commander detective pilot conductor firefighter specialist administrator assistant supervisor organiser solicitor barrister
    judge coroner conciliator mediator prosecutor recorder counsel architect planner surveyor designer gardener technician electrician plumber
    joiner carpenter bricklayer welder mechanic fitter baker butcher farmer crofter fisherman accountant auditor actuary buyer receptionist
    housekeeper cleaner cook chef driver operator postman
    """
)
LETTERS = table(
    """
    editor author poet writer journalist reporter columnist correspondent broadcaster publisher producer presenter reviewer artist muralist
    sculptor photographer illustrator painter musician singer composer choreographer actor comedian translator interpreter bishop
    archdeacon vicar rector minister
    """
)

HEADS = GOVERNING | LEARNING | CARE | TRADES | LETTERS
"""The last word of a post, written small."""

COMPOUND_HEADS = (
    "cabinet member",
    "board member",
    "committee member",
    "council member",
    "panel member",
    "executive member",
    "founding member",
    "founder member",
    "lay member",
    "team member",
    "portfolio holder",
    "member of parliament",
    "member of the senedd",
    "member of the corporation",
    "member of the board",
    "head teacher",
    "health visitor",
    "managing partner",
    "owner-manager",
    "chief of staff",
    "pro vice-chancellor",
)

SHORT_POSTS = table(
    "MP MSP MLA MS CEO CFO COO GP Member Co-Chair Co-Chairs Vice-Chair Vice-Chancellor Pro-Vice-Chancellor Vice-President"
)
"""Heads whose capitals are not only the first letter's."""

GRADES = table(
    "Chief Deputy Assistant Senior Executive Managing Non-Executive Clinical Medical Cabinet Former Acting Interim"
)
"""First words of posts."""

SMALL_GRADES = table(
    "founding acting interim current regional honorary deputy joint former new outgoing incoming lay senior assistant retired vice associate"
)

FORMER = table("former formerly ex previously then late retired erstwhile one-time past")
"""Words that put a post into the past."""

SINGLE_HOLDERS = table(
    "chair chairman chairwoman chairperson founder co-founder principal headteacher vice-chancellor trustee president governor owner patron convener"
)
"""Posts that are followed by `of` and the body."""

MANY_HOLDERS = table(
    "director manager officer lead executive head adviser advisor partner chair nurse consultant professor lecturer specialist apprentice coordinator engineer"
)
"""Posts that are followed by `at` and the body."""
