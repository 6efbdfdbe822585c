"""Words that name what somebody does, beyond the posts that names are found by."""

from goalmap.extract.vocabulary.role_words import HEADS, SHORT_POSTS
from goalmap.extract.words import table

WORK = table(
    """
    steward keeper custodian observer handler dispatcher agent broker trader retailer merchant grocer builder roofer plasterer painter decorator
    glazier locksmith mason carver weaver tailor dressmaker silversmith blacksmith potter printer binder brewer miner quarryman docker seafarer
    sailor skipper boatbuilder shipwright rigger guard signaller guardsman railwayman shunter trucker courier postwoman firewoman milkman
    forester ranger gamekeeper shepherd dairyman grower agronomist ecologist botanist biologist chemist physicist geologist hydrologist
    oceanographer meteorologist mathematician statistician demographer geographer philosopher theologian linguist anthropologist sociologist
    criminologist psychotherapist epidemiologist virologist immunologist haematologist neurologist urologist nephrologist rheumatologist
    dermatologist gastroenterologist endocrinologist gynaecologist obstetrician neonatologist orthodontist podiatrist orthotist audiologist
    phlebotomist sonographer perfusionist prescriber vaccinator almoner keyworker caseworker clinician intensivist hepatologist
    barista collector bartender barman barmaid publican landlady waiter waitress hairdresser beautician florist seamstress machinist packer labourer
    scaffolder groundsman gravedigger undertaker stevedore deckhand canvasser proofreader dinnerlady lollipop-man milliner cobbler
    glassmaker watchmaker saddler farrier thatcher stonemason upholsterer sweep tanner weaver ropemaker sailmaker
    """
)
OFFICE = table(
    """
    adjudicator arbitrator assessor appraiser examiner invigilator marker moderator verifier reviewer investigator ombudsman regulator rep exec
    valuer estimator scheduler programmer developer tester webmaster copywriter proofreader typist clerkess usher bailiff
    associate lawyer conveyancer notary paralegal attorney underwriter banker cashier teller bookkeeper economist planner fundraiser campaigner organiser
    lobbyist policymaker diplomat ambassador consul attache chamberlain equerry reeve alderman burgess vice-captain captain
    churchwarden curate deacon imam rabbi pastor priest preacher verger sacristan sexton canon abbot abbess monk nun minister bishop
    archbishop co-editor co-lead co-director co-owner co-leader co-convener co-ordinator bandmaster conductor
    """
)
SERVICE = table(
    """
    pc cadet sapper gunner private rifleman sergeant-major brigadier marine airman lieutenant-colonel admiral commodore marshal wing-commander
    watchman lifeguard crewman coxswain lifeboatman responder
    """
)
SPORT_AND_STAGE = table(
    """
    sprinter footballer cricketer rower swimmer cyclist boxer gymnast paralympian olympian jockey umpire referee
    novelist playwright dramatist screenwriter biographer lyricist songwriter soprano tenor pianist violinist organist cellist drummer guitarist
    actress dancer performer storyteller puppeteer filmmaker cameraman cinematographer animator cartoonist potter ceramicist printmaker
    designer stylist model blogger vlogger podcaster commentator newsreader announcer compere
    """
)
LEARNERS = table("alumnus alumna alumnae scholar researcher academic reader")

NO_POSTS = table("author judge writer nominee winner finalist delegate signatory contributor")
"""Words that texts mostly use for what somebody did once: wrote the report, judged the awards."""

OCCUPATIONS = (
    HEADS - NO_POSTS | {post.casefold() for post in SHORT_POSTS} | WORK | OFFICE | SERVICE | SPORT_AND_STAGE | LEARNERS
)
"""The last word of a post, or of what somebody does for a living, written small."""

PAIRS = frozenset(
    tuple(pair.split())
    for pair in table(
        """
    cabinet member|board member|committee member|council member|panel member|executive member|founding member|
    founder member|lay member|team member|portfolio holder|head teacher|health visitor|chief of|
    managing partner|call handler|football player|rugby player|staff member|faculty member|crew member|
    vice principal|vice president|shop steward|youth worker|director general|attorney general|governor general|
    inspector general|surgeon general|auditor general|comptroller general|secretary general|scout leader|senate member|
    assembly member
    """,
        "|",
    )
)
"""Posts whose last word alone is none."""

ALSO_VERBS = table(
    "lead head partner champion mentor coach judge pilot sponsor guard model cook train fellow marker report chair host"
)
"""Words of posts that are verbs after `to`, `will` and pronouns."""
WANTS_BODY = table("member members fellow graduate alumnus alumna scholar observer member governor representative")
"""Words that make a post only with what somebody is that of."""
