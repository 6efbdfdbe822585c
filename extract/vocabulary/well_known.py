"""Well-known bodies whose names do not say that they are bodies."""

from goalmap.extract.words import table

BODIES = table(
    """
    Acas|Advance HE|Age UK|Alzheimer's Society|Amazon|Arriva|Arts Council England|ASDA|Asda|AstraZeneca|Aviva|
    BAE Systems|Balfour Beatty|Barclays|Barnardo's|BBC|Bank of England|Boots|BP|British Gas|British Red Cross|BT|
    Cadent|Cafcass|Capita|Carers UK|Centrepoint|Channel 4|Children's Society|Citizens Advice|CityFibre|CBI|
    Compass Group|Companies House|Co-op|Co-operative Group|CQC|Crisis|Cruse|Deloitte|DEFRA|Defra|Deutsche Bank|DfE|
    DfT|DHSC|Diabetes UK|DWP|E.ON|easyJet|EDF|EE|Engie|Environment Agency|Estyn|EY|First Bus|Fujitsu|Girlguiding|GMB|
    Google|GSK|Groundwork|Guides|Halfords|Heathrow|Help for Heroes|Historic England|HM Treasury|HMRC|HSBC|HSE|
    Home Office|Home-Start|Homes England|House of Commons|House of Lords|IBM|IKEA|Iceland|JCB|Jobcentre Plus|Jisc|
    John Lewis|Keepmoat|Kier|Kier Group|KPMG|Laing O'Rourke|Leonardo|Lidl|Lloyds|Lloyds Bank|Macmillan|
    Macmillan Cancer Support|Marie Curie|Marks & Spencer|M&S|McDonald's|Mencap|Met Office|Microsoft|MIND|Mind|
    Ministry of Defence|Ministry of Justice|MITIE|Mitie|MoD|MOD|Morgan Sindall|Morrisons|Movement to Work|Nacro|
    Nando's|NASUWT|National Grid|National Highways|National Trust|Nationwide|NatWest|NCVO|Nesta|Nestlé|Network Rail|
    NEU|NHS|NHS England|NHS Improvement|NHS Digital|NHS Employers|NHS Providers|NHS Confederation|NICE|
    Northumbrian Water|NSPCC|Octopus Energy|Ofcom|Ofgem|Ofqual|OfS|Ofsted|Ofwat|ONS|Openreach|Oxfam|Parliament|PayPal|
    Pearson|Persimmon|Pret|PwC|RAF|RNIB|RNLI|Royal Air Force|Royal Mail|Royal Navy|RSPB|RSPCA|Sainsbury's|Samaritans|
    Salix|Santander|Save the Children|Scope|Scottish Power|ScottishPower|Scottish Government|Scouts|Senedd|Serco|
    Severn Trent|Shaw Trust|Shell|Shelter|Siemens|Skanska|Sky|Sodexo|Sport England|SSE|St John Ambulance|Stagecoach|
    Stonewall|StepChange|Sustrans|Tate & Lyle|Teach First|Tesco|Tata Steel|Thames Water|Thales|Timpson|Toynbee Hall|
    Transport for London|TfL|Transport for the North|Travelodge|Travis Perkins|Treasury|TUC|Turn2us|UCAS|
    UK Government|UK Power Networks|Ukactive|UKRI|Unilever|UNISON|Unison|Unite|Unite the Union|United Utilities|Vinci|
    Virgin Media O2|Virgin Media|Virgin Money|Vodafone|O2|Wagestream|Waitrose|Wates|Welsh Government|Welsh Water|
    Wickes|Willmott Dixon|WPP|YMCA|Yorkshire Water|YouGov|Young Minds|YoungMinds|Youth Employment UK|Zurich|Army|
    British Army|Royal Marines|Civil Service|Sea Cadets|Army Cadets|Crown Prosecution Service|Land Registry|
    Student Loans Company|Skills for Care|Skills for Health|Health Education England|UK Health Security Agency|
    Public Health England|Public Health Wales|Purpose Coalition|Purpose Health Coalition|
    Purpose Health and Social Care Coalition|Purpose Business Coalition|Purpose Universities Coalition|
    Levelling Up Universities Coalition|Levelling Up Councils Coalition|Equality of Opportunity Coalition|
    Centre for Progressive Purpose|Good Things Foundation|Fair for You|Career Ready|Speakers for Schools|
    Speech and Language UK|Place2Be|Kooth|Living Wage Foundation|Social Mobility Foundation|
    Social Mobility Commission|Social Mobility Pledge|Sutton Trust|The Brilliant Club|Brilliant Club|Into University|
    IntoUniversity|Education Endowment Foundation|Careers and Enterprise Company|Careers & Enterprise Company|
    Step Change|Business in the Community|Federation of Small Businesses|Chambers of Commerce|Innovate UK|
    British Business Bank|Local Government Association|King's Fund|The King's Fund|Health Foundation|Nuffield Trust|
    Prince's Trust|The Prince's Trust|King's Trust|The King's Trust|Labour Party|Conservative Party|Liberal Democrats|
    Green Party|Plaid Cymru|European Union|United Nations|UNICEF|UNESCO|World Health Organization|WHO|World Bank|
    Agored Cymru|Natural England|Natural Resources Wales|Forestry England|Water UK|Energy UK|UK Finance|Salix Finance|
    This Is Purpose|Cancer Research UK|British Heart Foundation|Stroke Association|Parkinson's UK|
    Alzheimer's Research UK|National Autistic Society|Royal British Legion|Combat Stress|Blesma|SSAFA|Refuge|
    Women's Aid|Victim Support|Catch22|Change Grow Live|Turning Point|Changing Lives|Big Issue|FareShare|
    Trussell Trust|The Trussell Trust|Feeding Britain|Emmaus|Nissan|Greggs|Rolls-Royce|Airbus|Toyota|Honda|
    Jaguar Land Rover|Bosch|Centrica|Drax|Equinor|Babcock|QinetiQ|Arup|AtkinsRéalis|Mott MacDonald|AECOM|WSP|Mace|
    Galliford Try|Barratt|Taylor Wimpey|Bellway|Redrow|Peabody|L&Q|Places for People|Home Group|Bromford|LNER|
    Avanti West Coast|Southeastern|National Express|Go-Ahead|FirstGroup|Evri|DHL|DPD|Ocado|Aldi|Primark|Superdrug|
    Specsavers|Whitbread|Premier Inn|Marriott|Hilton|Starbucks|KFC|Cisco|Dell|Intel|Lenovo|Samsung|Accenture|
    Capgemini|Infosys|G4S|Veolia|Biffa|SUEZ|Anglian Water|Southern Water|South West Water|Wessex Water|Affinity Water|
    Northern Gas Networks|Northern Powergrid|Electricity North West|Cabinet Office|Foreign Office|Scotland Office|
    Wales Office|Welsh Office|Northern Ireland Office|National Crime Agency|Health and Safety Executive|
    Northern Ireland Housing Executive|Scottish Enterprise|Highlands and Islands Enterprise|
    Equality and Human Rights Commission|EHRC|FCA|GMC|NMC|HCPC|SEPA|NatureScot|Cadw|SQA|WJEC|AQA|City & Guilds|NOCN|
    RCN|BMA|UCU|RMT|ASLEF|TSSA|CWU|USDAW|Usdaw|FBU|STUC|Action for Children|RNID|Guide Dogs|Sue Ryder|
    Rethink Mental Illness|Papyrus|Childline|Rape Crisis|St Mungo's|Depaul|Relate|MS Society|Carers Trust|Coram|
    Family Action|Christians Against Poverty|Salvation Army|The Salvation Army|Islamic Relief|RSPCA|Wildlife Trusts|
    WWF|Friends of the Earth|Greenpeace|Living Streets|Keep Britain Tidy|English Heritage|Royal Voluntary Service|
    Volunteering Matters|National Lottery Community Fund|The National Lottery Community Fund|
    National Lottery Heritage Fund|The National Lottery Heritage Fund|Heritage Lottery Fund|Comic Relief|
    Children in Need|BBC Children in Need|Community Justice Scotland|Scottish Funding Council|Leonard Cheshire|Sense|
    Whizz-Kidz|Teenage Cancer Trust|Young Enterprise|National Citizen Service|Office for Students|
    Office for National Statistics|Tower Hamlets|London Stock Exchange|NHS Wales|NHS Scotland|NHS Charities Together|
    NHS Property Services|NHS Blood and Transplant
    """,
    "|",
)

ORDINARY = table(
    "Boots Crisis Guides Iceland Mind Scope Scouts Sense Shelter Shell Sky Unite Army Treasury Refuge Parliament Samaritans Amazon Cruse Pearson "
    "Nationwide Turning Point Three EE WHO NICE Stonewall Zurich Santander Google"
)
"""Bodies whose name is also a common word: at the start of a sentence it proves nothing."""

PLACES = table(
    """
    England|Scotland|Wales|Cymru|Britain|Ireland|London|Aberdeen|Accrington|Aldershot|Ashford|Aylesbury|Barking|
    Barnet|Barnsley|Barrow|Basildon|Basingstoke|Bath|Bedford|Bedfordshire|Belfast|Berkshire|Bexley|Birkenhead|
    Birmingham|Blackburn|Blackpool|Bolton|Boston|Bournemouth|Bracknell|Bradford|Brent|Brighton|Bristol|Bromley|
    Buckinghamshire|Burnley|Burton|Bury|Calderdale|Camberley|Cambridge|Cambridgeshire|Camden|Canterbury|Cardiff|
    Carlisle|Chelmsford|Cheltenham|Cheshire|Chester|Chesterfield|Chichester|Clacton|Colchester|Corby|Cornwall|
    Coventry|Crawley|Crewe|Croydon|Cumbria|Darlington|Dartford|Derby|Derbyshire|Devon|Dewsbury|Doncaster|Dorset|Dover|
    Dudley|Dundee|Durham|Ealing|Eastbourne|Edinburgh|Enfield|Essex|Exeter|Falkirk|Fife|Gateshead|Gillingham|Glasgow|
    Gloucester|Gloucestershire|Greenwich|Grimsby|Guildford|Gwent|Gwynedd|Hackney|Halifax|Hammersmith|Hampshire|
    Haringey|Harlow|Harrogate|Harrow|Hartlepool|Hastings|Havering|Hereford|Herefordshire|Hertford|Hertfordshire|
    Hillingdon|Hornsea|Hounslow|Huddersfield|Hull|Humberside|Huntingdon|Inverness|Ipswich|Islington|Jersey|Kent|
    Kettering|Kirklees|Knowsley|Lambeth|Lancashire|Lancaster|Leeds|Leicester|Leicestershire|Lewisham|Lincoln|
    Lincolnshire|Liverpool|Llandudno|Llanelli|Luton|Maidstone|Manchester|Mansfield|Margate|Medway|Merseyside|Merton|
    Middlesbrough|Newcastle|Newham|Newport|Norfolk|Northampton|Northamptonshire|Northumberland|Norwich|Nottingham|
    Nottinghamshire|Nuneaton|Oldham|Oxford|Oxfordshire|Paisley|Penzance|Perth|Peterborough|Plymouth|Poole|Portsmouth|
    Powys|Preston|Reading|Redbridge|Redcar|Rochdale|Rotherham|Rugby|Runcorn|Rutland|Salford|Salisbury|Sandwell|
    Scarborough|Scunthorpe|Sefton|Sheffield|Shrewsbury|Shropshire|Slough|Solihull|Somerset|Southampton|Southend|
    Southport|Southwark|Stafford|Staffordshire|Stevenage|Stirling|Stockport|Stockton|Stoke|Stratford|Suffolk|
    Sunderland|Surrey|Sussex|Swansea|Swindon|Tameside|Taunton|Teesside|Telford|Torbay|Torquay|Trafford|Tyneside|
    Wakefield|Walsall|Waltham|Wandsworth|Warrington|Warwick|Warwickshire|Watford|Wellingborough|Westminster|Wigan|
    Wiltshire|Winchester|Wirral|Woking|Wolverhampton|Worcester|Worcestershire|Worthing|Wrexham|Yeovil|York|Yorkshire|
    France|Germany|Italy|Spain|Portugal|Poland|Romania|Ukraine|Russia|China|India|Pakistan|Bangladesh|Nigeria|Ghana|
    Kenya|Jamaica|America|Canada|Australia|Europe|Africa|Asia|Afghanistan|Syria|Bermuda|Kashmir
    """,
    "|",
)
"""Single words that name places, though bodies of the same name may be about."""

NOT_BODIES = table(
    """
    COVID|COVID-19|Covid|Covid-19|COVID-19 pandemic|GP|GPs|GCSE|GCSEs|A Level|A Levels|A level|A levels|T Level|
    T Levels|T-Level|T-Levels|AS Level|BTEC|BTECs|NVQ|HNC|HND|CV|CVs|MBE|OBE|CBE|DBE|MP|MPs|MSP|PhD|MSc|BSc|MBA|FRCN|
    HR|IT|ICT|AI|VR|TV|UK|US|USA|EU|GB|PDF|CEO|CFO|COO|CIO|HQ|FAQ|FAQs|ESG|CSR|EDI|SEND|SEN|NEET|NEETs|STEM|STEAM|
    ESOL|LGBT|LGBTQ|LGBTQ+|LGBTQIA+|BAME|BME|ADHD|HIV|AIDS|MRI|CT|ECG|PSA|DNA|A&E|ICU|ED|LED|LEDs|CO2|CO2e|GDP|VAT|NI|
    PPE|SME|SMEs|VCSE|KPI|KPIs|AGM|Universal Credit|Pension Credit|Equality Act|Levelling Up|Net Zero|Living Wage|
    Real Living Wage|Minimum Wage|Apprenticeship Levy|Brexit|Internet|Zoom|Teams|WhatsApp|Facebook|Twitter|X|LinkedIn|
    Instagram|YouTube|TikTok|Chromebook|iPad|iPads|SIM|SIMs|App|Band|Wi-Fi|WiFi|British Sign Language|BSL|English|
    Maths|Science|Black|Asian|Year|Roma|Christmas|Easter|ENDS|NOTE|APPROVE|ALERT|ADVISE|ASSURE|HGV|EV|EVs|PV|HVO|
    Scope 1|Scope 2|Scope 3|Trust|Council|Board|Committee|University|College|School|Academy|Government|Coalition|
    Department|Hospital|Charity|Company|Group|Network|Society|Partnership|Foundation|Association|Ministry|Service|
    Union|Centre|Hub|Institute|Goal|Goals|Report|State|Freedom to Speak Up|Palace of Westminster|Westminster|
    Whitehall|Number 10|Downing Street|BA|MA|CO|ID|QR|PC|PCs|AM|PM|FM|ISO|URL|HTML|CCTV|GPS|USB|NET ZERO|PDFs|WRES|
    WDES|BREEAM|EPC|SROI|SDG|SDGs
    """,
    "|",
)
"""What the model often takes for a body and is none."""
