"""An example of each command, shown under its help and where it was typed without what it needs."""

import click

EXAMPLES = {
    "ingest": ("goalmap ingest examples", "goalmap ingest examples --framework nhs-anchor --db anchor.db"),
    "status": ("goalmap status",),
    "serve": ("goalmap serve", "goalmap serve --new --as Ann"),
    "review export": ("goalmap review export queue.xlsx", "goalmap review export goal-8.csv --goal 8 --undecided"),
    "review import": ("goalmap review import queue.xlsx --dry-run", "goalmap review import queue.xlsx --reviewer Ann"),
    "review audit": ("goalmap review audit", "goalmap review audit --draw 100"),
    "review readers": ("goalmap review readers queue.csv --reader Ann --reader Ben --sample 50",),
    "review agreement": ("goalmap review agreement", "goalmap review agreement -o settle.csv"),
    "report map": ("goalmap report map -o map.xlsx", "goalmap report map -o map.html --organisation Lockgate"),
    "report impact": ('goalmap report impact --organisation "Severnholme Hospitals" -o report.docx',),
    "report practice": ("goalmap report practice -o practice.html --cap 1",),
    "report gaps": ("goalmap report gaps -o gaps.html",),
    "report progress": ("goalmap report progress --since 2024-04-01 -o progress.html",),
    "report people": ("goalmap report people -o people.xlsx",),
    "report pack": ('goalmap report pack --initiative "Doors Open" --goal 5 -o pack.docx',),
    "report frameworks": ("goalmap report frameworks -o side-by-side.html",),
    "report templates list": ("goalmap report templates list",),
    "report templates show": ("goalmap report templates show impact > mine.toml",),
    "report templates check": ("goalmap report templates check mine.toml",),
    "evaluate": ("goalmap evaluate", "goalmap evaluate labelled/ --framework nhs-anchor"),
    "learn": ("goalmap learn --dry-run", "goalmap learn", "goalmap learn --list"),
    "decisions export": ("goalmap decisions export decisions.json", "goalmap decisions export decisions.qdpx"),
    "decisions import": ("goalmap decisions import decisions.json --db other.db --dry-run",),
    "decisions waiting": ("goalmap decisions waiting",),
    "export parquet": ("goalmap export parquet lake",),
    "copy": (
        "goalmap copy goalmap.db postgresql://anna@host/goalmap",
        "goalmap copy postgresql://anna@host/goalmap browse.db",
    ),
    "activities list": ("goalmap activities list apprentices", "goalmap activities list --goal 8 --stage planned"),
    "activities show": ("goalmap activities show ah4ky",),
    "activities merge": ('goalmap activities merge ah4ky afdgh --note "One scheme"',),
    "activities split": ("goalmap activities split ah4ky --passage pxu2k",),
    "activities edit": ('goalmap activities edit ah4ky --owner "Lockgate Trust" --stage ongoing',),
    "activities undo": ("goalmap activities undo bq7ra",),
    "activities history": ("goalmap activities history",),
    "entities list": ("goalmap entities list Nwosu", "goalmap entities list --kind organisation --limit 10"),
    "entities show": ('goalmap entities show "Amara Nwosu"',),
    "entities merge": ('goalmap entities merge "SHFT" "Severnholme Hospitals NHS Foundation Trust"',),
    "entities split": ('goalmap entities split "Amara Nwosu" --document board-paper.docx',),
    "entities apart": ('goalmap entities apart "Ada Ray" "Ada Raye" --note "Mother and daughter"',),
    "entities undo": ("goalmap entities undo bq7ra",),
    "entities history": ("goalmap entities history",),
    "entities gazetteer": ("goalmap entities gazetteer etr.csv", "goalmap entities gazetteer"),
    "entities graph": ("goalmap entities graph -o people.graphml",),
    "forget": ('goalmap forget "Amara Nwosu" --dry-run', "goalmap forget --list"),
    "frameworks list": ("goalmap frameworks list",),
    "frameworks show": ("goalmap frameworks show purpose-goals", "goalmap frameworks show purpose-goals --goal 8"),
    "frameworks new": ("goalmap frameworks new our-pledges", "goalmap frameworks new ours --from purpose-goals"),
    "frameworks check": ("goalmap frameworks check our-pledges.toml",),
    "frameworks diff": ("goalmap frameworks diff purpose-goals purpose-goals-15",),
    "cluster up": ("goalmap cluster up", "goalmap cluster up --listen tcp://0.0.0.0:8786"),
    "cluster join": ("goalmap cluster join tcp://10.0.0.5:8786",),
    "doctor": ("goalmap doctor",),
    "demo": ("goalmap demo", "goalmap demo --folder trial"),
}
"""The words of a command after goalmap, and what one may type."""


def example_of(ctx: click.Context | None) -> str | None:
    """What one may type, for the command that was meant."""
    words = ctx.command_path.partition(" ")[2] if ctx else ""
    return EXAMPLES[words][0] if words in EXAMPLES else None


def show_examples(group: click.Group, words: tuple[str, ...] = ()) -> None:
    """Give each command below a group its examples, at the foot of its help."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            show_examples(command, (*words, name))
        elif examples := EXAMPLES.get(" ".join((*words, name))):
            command.epilog = "\n".join(
                ("\b", "Example:" if len(examples) == 1 else "Examples:", *(f"  {one}" for one in examples))
            )
