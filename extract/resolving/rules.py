"""What speaks for two names being one."""

from enum import StrEnum


class Rule(StrEnum):
    """By what two names were brought together, or might be."""

    DECISION = "decision"
    GAZETTEER = "gazetteer"
    LEGAL_FORM = "legal form"
    COUNCIL = "council name"
    ACRONYM = "acronym"
    SHORT_FORM = "short form"
    SPELLING = "spelling"
    INITIALS = "initials"
    MIDDLE_NAME = "middle name"
    SHORT_GIVEN_NAME = "short given name"
    GENRE_WORD = "kind of initiative"
    SUBTITLE = "subtitle"
    SAME_NAME = "same name"
    DOUBLE_NAME = "double name"
    SINGLE_NAME = "single name"
    WORD_ORDER = "word order"


WORDING = {
    Rule.DECISION: "a reviewer decided that {one} and {other} are the same",
    Rule.GAZETTEER: "the gazetteer has {one} and {other} as names of one body",
    Rule.LEGAL_FORM: "{one} and {other} differ in the legal form only",
    Rule.COUNCIL: "{one} and {other} are two ways to write the name of one council",
    Rule.ACRONYM: "{one} is the acronym that another document gives for {other}",
    Rule.SHORT_FORM: "{one} is a shorter form of {other}",
    Rule.SPELLING: "{one} and {other} differ by one or two letters",
    Rule.INITIALS: "{one} is {other} with an initial in place of the given name",
    Rule.MIDDLE_NAME: "{one} and {other} differ by a middle name",
    Rule.SHORT_GIVEN_NAME: "{one} and {other} have one surname, and one given name is short for the other",
    Rule.GENRE_WORD: "{one} and {other} differ by a word like “programme” only",
    Rule.SUBTITLE: "{one} is the title of {other} without its subtitle",
    Rule.SAME_NAME: "{one} is named in several documents",
    Rule.DOUBLE_NAME: "{one} and {other} share a given name and a part of the surname",
    Rule.SINGLE_NAME: "{one} may be {other}, the only full name with it in documents of the same body",
    Rule.WORD_ORDER: "{one} and {other} have the same words in another order",
}
"""The same in words."""


def reason(rule: Rule, one: str, other: str, more: str = "") -> str:
    """A sentence for the pair, with what was found around it.

    >>> reason(Rule.LEGAL_FORM, "Orrin plc", "Orrin")
    '“Orrin plc” and “Orrin” differ in the legal form only.'
    """
    text = WORDING[rule].format(one=f"“{one}”", other=f"“{other}”")
    text = text[0].upper() + text[1:]
    return f"{text}{more}."
