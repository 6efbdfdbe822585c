"""Initiatives known across the country."""

import re

from goalmap.extract.words import one_of, table

NATIONAL = table(
    """
    Kickstart|Kickstart Scheme|Project SEARCH|Project Search|Step into Health|Duke of Edinburgh's Award|Uni Connect|Widening Participation Tracker|Disability Confident|
    Disability Confident Employer|Disability Confident Leader|Disability Confident scheme|Race Equality Charter|Athena Swan|Athena SWAN|
    Workforce Race Equality Standard|Workforce Disability Equality Standard|Armed Forces Covenant|Op COURAGE|Sure Start|Family Hubs|Start for Life|
    Multiply|Levelling Up Fund|Towns Fund|Shared Prosperity Fund|UK Shared Prosperity Fund|Warm Welcome|Bikeability|Healthy Start|Talking Therapies|
    Every Mind Matters|Couch to 5k|Couch to 5K|Parkrun|parkrun|Black History Month|Pride Month|World Mental Health Day|International Women's Day|
    Remembrance Day|Birthrate Plus|National Databank|Purpose Goals|Levelling Up Goals|Sustainable Development Goals|Levelling Up Missions|
    Social Mobility Index|Stonewall Top 100|Green Flag Award|Veteran Aware|WorkWell|Access to Work|Baby Friendly|Baby Friendly Initiative|
    Making Every Contact Count|Get It Right First Time|GIRFT|Cyber Essentials|Investors in People|Investing in Volunteers|Carbon Literacy|
    Carbon Literacy Project|Prince's Trust Awards|Housing First|Developing the Young Workforce|Communities for Work|Flying Start|Sure Start Plus|
    Social Housing Decarbonisation Fund|Warm Homes Plan|Help to Grow|Skills Bootcamps|Restart Scheme|Healthy Schools|Eco-Schools|Green Dragon|
    Fair Start Scotland|No One Left Behind|Jobs Growth Wales+|Better Health|Change4Life|Dementia Friends|Hidden Disabilities Sunflower
    """,
    "|",
)

KNOWN = re.compile(rf"(?<!\w)(?P<name>{one_of(NATIONAL).replace(chr(39), '[’' + chr(39) + ']')})(?!\w)")
