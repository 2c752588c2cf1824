"""The reference of the policy language, made from the form that files are read by; it cannot fall behind."""

from collections.abc import Iterator

from core.policy.refusals import Form, forms
from core.policy.variables import VARIABLES


def reference() -> str:
    """Return the reference in Markdown, as `docs/policy-reference.md` holds it."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Reference of policy files"
    yield ""
    yield "Every map of the language, version 1, with its keys and what they take."
    yield "Made from the program by `nigehban policy schema --format markdown`;"
    yield "[policies/README.md](../policies/README.md) explains them."
    for key, form in forms().items():
        yield ""
        yield f"## {form.noun}"
        yield ""
        yield f"{(form.keys.__doc__ or '').strip().splitlines()[0]}"
        yield f"Stands {f'under `{key}`' if key else 'at the top of a file'}."
        yield ""
        yield from _table(form)
    yield ""
    yield "## Names in an expression"
    yield ""
    yield "What the text under `cel` may ask about."
    yield ""
    yield "| name | is | |"
    yield "|---|---|---|"
    for name, variable in VARIABLES.items():
        yield f"| `{name}` | {variable.kind} | {variable.about} |"


def _table(form: Form) -> Iterator[str]:
    if not form.keys.model_fields:
        yield "It takes no keys: `{}`."
        return
    yield "| key | takes | |"
    yield "|---|---|---|"
    for name, field in form.keys.model_fields.items():
        takes = (field.description or "").replace("|", "\\|")
        if field.is_required():
            left_out = "required"
        elif field.default in (None, "") or field.default_factory:
            left_out = ""
        else:
            plain = str(field.default)
            left_out = f"left out: `{plain.lower() if field.annotation is bool else plain}`"
        yield f"| `{field.alias or name}` | {takes} | {left_out} |".replace("|  |", "| |")
