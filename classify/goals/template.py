"""A framework file to begin with: goals of one's own, or what a house adds to a framework that is shipped."""

from importlib import resources

from goalmap.classify.goals import frameworks
from goalmap.classify.goals.faults import ID
from goalmap.classify.goals.frameworks import Framework
from goalmap.ingest.errors import FrameworkProblem


def template(name: str, base: str | None, file: str) -> str:
    """What to write to a file for a framework of that name. Raises FrameworkProblem or UnknownName."""
    if not ID.fullmatch(name):
        raise FrameworkProblem(
            f"A framework cannot be called {name!r}: take small letters, digits and hyphens, such as our-goals."
        )
    if name in frameworks.names():
        raise FrameworkProblem(f"A framework that is shipped is called {name!r} already. Choose another name.")
    fields = {"NAME": name, "TITLE": name.replace("-", " ").capitalize(), "FILE": file}
    if base is None:
        return _filled("framework-template.txt", fields)
    return _filled("framework-extension-template.txt", {**fields, **_fields_of(frameworks.load(base))})


def _fields_of(base: Framework) -> dict[str, str]:
    first, second = base.codes[:2]
    return {
        "BASE": base.id,
        "FIRST": first,
        "SECOND": second,
        "OWN": f"{base.codes[-1]}x",
        "GOALS": "\n".join(f"# {goal.label}" for goal in base.children(None)),
        "PREDECESSORS": "\n\n".join(_same(base.id, goal.code) for goal in base.children(None)),
    }


def _same(framework: str, code: str) -> str:
    row = (f'framework = "{framework}"', f'from = "{code}"', f'to = "{code}"', 'relation = "same"')
    return "\n".join(("[[predecessors]]", *row))


def _filled(file: str, fields: dict[str, str]) -> str:
    text = (resources.files("goalmap.models") / file).read_text("utf-8")
    for field, value in fields.items():
        text = text.replace(f"@{field}@", value)
    return text
