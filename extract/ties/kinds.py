"""The ways in which a person or a body can be tied to a body."""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "chairs": "The person is the chair or a co-chair of the body.",
    "trustee of": "The person is one of the body's trustees.",
    "founder of": "The person or the body founded the body.",
    "patron of": "The person lends the body a name: a patron, an ambassador, a president of honour.",
    "member of": "The person or the body is a member, a governor or a fellow of the body.",
    "part of": "The body belongs to the other as its school, its service, its subsidiary.",
    "leads": "The body is the lead partner of the other.",
    "hosts": "The body is home to the other and answers for it.",
    "owned by": "The body belongs to the other, as a company does to its group.",
    "funded by": "The body, or its work, is paid for by the other.",
    "accredited by": "The other has examined the body and vouches for it.",
    "sponsor of": "The body pays for the other to bear its name.",
    "partner of": "The two bodies work together.",
    "signatory of": "The body or the person has signed what the other stands for.",
    "became": "The body was renamed, or merged into the other.",
}
"""Each kind of tie with what it says of the first to the second."""
