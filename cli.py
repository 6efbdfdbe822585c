"""The goalmap command: its help, its commands, and errors as messages with exit codes. The commands are in commands/."""

from typing import Any

import click

from goalmap.commands.activities import activities
from goalmap.commands.audits import audit
from goalmap.commands.cluster import cluster
from goalmap.commands.copying import copy
from goalmap.commands.decisions import decisions
from goalmap.commands.entities import entities
from goalmap.commands.examples import show_examples
from goalmap.commands.exporting import export
from goalmap.commands.faults import FAULTS, exit_code_of, fault_lines
from goalmap.commands.forgetting import forget
from goalmap.commands.frameworks import frameworks
from goalmap.commands.health import demo, doctor
from goalmap.commands.looking import serve
from goalmap.commands.measuring import evaluate, learn
from goalmap.commands.reading import ingest, status
from goalmap.commands.readings import agreement, readers
from goalmap.commands.reports.group import report
from goalmap.commands.review import review
from goalmap.commands.shared import INTERRUPTED

COMMANDS = (
    ingest,
    status,
    review,
    serve,
    report,
    evaluate,
    learn,
    decisions,
    export,
    copy,
    activities,
    entities,
    forget,
    frameworks,
    cluster,
    doctor,
    demo,
)


class Goalmap(click.Group):
    """Turns our errors into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except (KeyboardInterrupt, click.Abort):
            click.echo("Stopped. What was finished is saved; run the same command again to go on.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            raise
        except FAULTS as error:
            for line in fault_lines(error):
                click.echo(line, err=True)
            ctx.exit(exit_code_of(error))


@click.group(
    "goalmap", cls=Goalmap, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "GOALMAP"}
)
@click.version_option(package_name="goalmap")
def main() -> None:
    """Map what organisations do to the goals they serve, with the evidence.

    goalmap reads folders of press releases and trust documents, finds people, organisations and initiatives, and
    proposes which passages serve which goal. You decide: in a spreadsheet or in the browser.

    \b
    Start here:
      goalmap ingest FOLDER              read a folder into goalmap.db
      goalmap review export queue.csv    the queue, for a spreadsheet
      goalmap review import queue.csv    your answers back in
      goalmap serve                      browse everything
      goalmap report map -o map.html     the activity map
    """


for command in COMMANDS:
    main.add_command(command)
for command in (audit, readers, agreement):
    review.add_command(command)
show_examples(main)


if __name__ == "__main__":
    main()
