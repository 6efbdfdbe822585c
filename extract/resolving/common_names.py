"""Names that many people bear, and the short forms of given names."""

from goalmap.extract.words import table

COMMON_GIVEN = table(
    """
    john david michael peter paul andrew james robert mark stephen richard william thomas christopher daniel matthew simon ian martin kevin gary
    alan anthony philip brian graham neil steven steve colin keith edward charles joseph patrick adam alex ben chris dan dave tom tim tony
    mike nick rob jim joe jack harry sam luke ryan jonathan nicholas stuart kenneth barry derek roger raymond samuel benjamin alexander lee jason
    craig darren carl dean wayne phil matt andy jon liam sean oliver george arthur henry callum connor nathan lewis jamie scott
    mary susan margaret sarah karen jacqueline julie helen elizabeth jane christine patricia linda janet angela deborah sandra anne alison
    carol caroline catherine jennifer emma claire rachel rebecca nicola lisa michelle joanne tracey samantha louise amanda victoria kate katie
    laura lucy amy anna charlotte jessica hannah sophie emily alice ruth kathleen barbara maureen jean joan sheila pauline ann gillian lesley
    lynn sally judith fiona diane wendy sharon kelly gemma natalie jo sue liz jenny kerry dawn donna tina maria teresa kim zoe clare rosie
    mohammed muhammad mohammad mohamed ali ahmed abdul imran asif fatima aisha sunita priya raj sanjay anil amit
    """
)
COMMON_SURNAMES = table(
    """
    smith jones williams taylor brown davies evans wilson thomas johnson roberts robinson thompson wright walker white edwards hughes green hall
    lewis harris clarke clark patel jackson wood turner martin cooper hill ward morris moore lee king harrison baker morgan allen james scott
    ali khan ahmed hussain begum singh kaur shah miah malik phillips watson davis parker bennett price griffiths young cook collins mitchell
    bailey carter richardson shaw bell kelly cox marshall richards ellis adams simpson wilkinson foster chapman mason russell powell webb
    campbell gray grey hunt mills holmes palmer matthews gibson fisher barnes knight lloyd butler barker stevens jenkins murphy dixon fletcher
    howard andrews elliott graham reynolds ross stewart stephens murray hamilton anderson macdonald mcdonald reid robertson thomson kennedy
    henderson johnston walsh owen rogers rees brooks harvey pearson reed armstrong cole lawrence saunders west day burton fox dean porter
    grant hart perry ford bradley spencer payne brien ryan byrne connor sullivan doyle burns o'brien o'connor o'neill
    """
)

_SHORT = """
alex: alexander alexandra alexandria alexis alexei
sandy: alexander alexandra
al: alan albert alexander alistair alastair
alf: alfred
andy: andrew andrea andreas
drew: andrew
tony: anthony antony antonio
archie: archibald
art: arthur
bea: beatrice beatrix
becky: rebecca
becca: rebecca
ben: benjamin benedict
bernie: bernard bernadette
bert: albert herbert robert
beth: elizabeth bethany bethan
bev: beverley beverly
bill: william
billy: william
will: william wilfred
liam: william
bob: robert
bobby: robert
rob: robert robin
robbie: robert
bex: rebecca
brad: bradley
cath: catherine kathleen cathryn
cathy: catherine kathleen cathryn
caz: caroline
charlie: charles charlotte
chas: charles
chaz: charles
chris: christopher christine christina christian christiane christos
chrissie: christine christina
cindy: cynthia lucinda
clem: clement clementine
connie: constance
dan: daniel danielle
danny: daniel
dani: danielle daniela
dave: david
davy: david
deb: deborah debra
debs: deborah debra
debbie: deborah debra
den: dennis denise
des: desmond
di: diana diane
dick: richard
dom: dominic dominick
don: donald
doug: douglas
ed: edward edmund edwin edgar
eddie: edward edmund edwin
ted: edward theodore edmund
ellie: eleanor elinor ellen
nell: eleanor ellen
em: emma emily
flo: florence
fran: frances francis francesca
frankie: francis francesca frances
fred: frederick frederic alfred
freddie: frederick alfred frederica
gabby: gabrielle gabriella
gabe: gabriel
geoff: geoffrey
jeff: jeffrey
gerry: gerald gerard geraldine
gina: georgina regina
georgie: georgina georgia
gill: gillian
jill: gillian
greg: gregory
hal: harold henry
harry: henry harold harrison
hattie: harriet
izzy: isabel isabelle isabella isobel
jack: john
jackie: jacqueline
jacqui: jacqueline
jake: jacob
jan: janet janice janine
jamie: james
jim: james
jimmy: james
jen: jennifer jenifer
jenny: jennifer
jess: jessica
jo: joanne joanna josephine joan
joey: joseph
joe: joseph
john: jonathan
jon: jonathan
johnny: john
josh: joshua
josie: josephine
judy: judith
kate: katherine catherine katharine kathryn
katie: katherine catherine katharine kathryn
kath: kathleen katherine kathryn
kathy: kathleen katherine kathryn
kat: katherine katarzyna kathryn
kasia: katarzyna
gosia: malgorzata
ken: kenneth
kenny: kenneth
kim: kimberley kimberly
kit: christopher katherine
larry: lawrence laurence
len: leonard
leo: leonard leopold leonardo
les: leslie lesley
liz: elizabeth elisabeth
lizzie: elizabeth
eliza: elizabeth
libby: elizabeth
betty: elizabeth
bess: elizabeth
lou: louise louis louisa
lottie: charlotte
maddy: madeleine madeline
maddie: madeleine madeline
mags: margaret
maggie: margaret
meg: margaret megan
peggy: margaret
mandy: amanda
marty: martin
matt: matthew
max: maximilian maxwell maxine
mel: melanie melvyn melissa melvin
mick: michael
micky: michael
mike: michael
mikey: michael
millie: millicent emily camilla amelia
mo: mohammed mohamed muhammad mohammad maureen maurice
molly: mary margaret
nat: nathan nathaniel natalie natasha
nate: nathan nathaniel
ned: edward
nick: nicholas nicolas dominic nicola
nicky: nicola nicholas nicole
nikki: nicola nicole
olly: oliver olivia
ollie: oliver
pam: pamela
pat: patrick patricia
paddy: patrick
trish: patricia
tricia: patricia
penny: penelope
pete: peter
phil: philip phillip philippa
pippa: philippa
raj: rajesh rajiv rajinder
ray: raymond
reg: reginald
rich: richard
richie: richard
rick: richard
ricky: richard
ron: ronald
ronnie: ronald veronica
rosie: rosemary rosalind rose
roz: rosalind
ros: rosalind rosamund
russ: russell
sal: sally
sam: samuel samantha
seb: sebastian
shaz: sharon
si: simon
sid: sidney
steph: stephanie
steve: stephen steven stefan
stevie: stephen steven
stew: stewart
stu: stuart
sue: susan suzanne susannah
susie: susan suzanne susannah
suzie: susan suzanne
tash: natasha
tasha: natasha
terry: terence teresa
tess: theresa teresa
theo: theodore theodora
tim: timothy
tom: thomas tomasz
tommy: thomas
val: valerie
vic: victor victoria
vicky: victoria
vicki: victoria
tori: victoria
viv: vivian vivien vivienne
zac: zachary
zak: zachary
"""

LONG_FORMS = {
    short: frozenset(longs.split())
    for short, _, longs in (line.partition(": ") for line in _SHORT.strip().splitlines())
}
"""Short given names with the names that they may stand for."""
