"""The kinds of sections that a template may use: a row for each."""

from goalmap.report.section import Kind, Option
from goalmap.report.sections.about import organisation
from goalmap.report.sections.advice import recommendations
from goalmap.report.sections.closing import method, sources
from goalmap.report.sections.gaps import gaps
from goalmap.report.sections.goals import case_studies, goals, people_quoted
from goalmap.report.sections.mapping import COLUMNS, OVER, USUAL, mapping
from goalmap.report.sections.opening import framework, own_words, summary
from goalmap.report.sections.outcomes import outcomes
from goalmap.report.sections.practice import practice
from goalmap.report.sections.progress import PROGRESS
from goalmap.report.sections.strengths import strengths

SECTIONS: dict[str, Kind] = {
    "own-words": Kind(
        "Your own words, and places for people to write.",
        own_words,
        {"prompts": Option((), "What a person has to write here, one prompt for each place.")},
    ),
    "summary": Kind(
        "All at a glance: activities by goal and stage.",
        summary,
        {"picture": Option(True, "Whether the numbers are drawn as well.")},
    ),
    "organisation": Kind("Who leads it, how large it is, where it is active, as the documents have it.", organisation),
    "framework": Kind(
        "The framework and what its goals ask.",
        framework,
        {"questions": Option(True, "Whether each goal stands with its question.")},
    ),
    "strengths": Kind(
        "The goals towards which most is evidenced, and the rule that chose them.",
        strengths,
        {
            "most": Option(6, "No more goals than this."),
            "least": Option(3, "So many, where there are as many with anything to show."),
            "rule": Option(True, "Whether the rule and its numbers are printed."),
        },
    ),
    "mapping": Kind(
        "The mapping table.", mapping, {"columns": Option(USUAL, "The columns, in order.", (OVER, *COLUMNS))}
    ),
    "goals": Kind(
        "Goal by goal, activity by activity.",
        goals,
        {
            "only": Option((), "Codes of the goals that are shown; all without it."),
            "cards": Option(True, "Whether activities stand as cards; else a line each."),
            "most": Option(0, "So many cards for each goal, the others in a line; 0 for all."),
            "quotations": Option(True, "Whether a person is quoted on each goal."),
            "empty": Option(True, "Whether goals without evidence are listed."),
        },
    ),
    "case-studies": Kind(
        "The activities of which most is told, with every passage.",
        case_studies,
        {"most": Option(3, "So many activities.")},
    ),
    "outcomes": Kind("Every figure and every outcome, and what is not counted.", outcomes),
    "practice": Kind("The activities with the best grounds.", practice, {"most": Option(5, "So many activities.")}),
    "gaps": Kind(
        "Goals with no or weak evidence: what was searched, what is planned, what others do.",
        gaps,
        {
            "parts": Option(False, "Whether each goal has a part of its own; else a row of a table."),
            "peers": Option(2, "So many examples of others for each goal."),
            "near": Option(True, "Whether the parts quote what came nearest."),
        },
    ),
    "recommendations": Kind(
        "Drafts of recommendations, built from the gaps.",
        recommendations,
        {"most": Option(0, "So many recommendations; 0 for all.")},
    ),
    **PROGRESS,
    "people-quoted": Kind("Who is quoted, with post and date.", people_quoted),
    "method": Kind("How the report was made.", method),
    "sources": Kind("The documents behind it.", sources),
}
"""The sections there are, by the names that templates use."""
