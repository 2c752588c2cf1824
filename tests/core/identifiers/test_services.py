"""Every service by its table in `tables/`; `-k rumble` runs the cases of one."""

import pkgutil
from importlib import import_module

import pytest

from core.identifiers import canonical, companions, named
from tests.core.identifiers import tables
from tests.core.identifiers.table import Table

TABLES: dict[str, Table] = {
    module.name: import_module(f"{tables.__name__}.{module.name}").TABLE
    for module in pkgutil.iter_modules(tables.__path__)
}


def cases(column: str) -> list[object]:
    """Give the rows of one column of every table, each named after its service."""
    return [
        pytest.param(*values, id=ascii(f"{service} {' '.join(map(str, values))}"))
        for service, table in TABLES.items()
        for row in getattr(table, column)
        for values in [(row,) if isinstance(row, str) else row]
    ]


@pytest.mark.parametrize(("url", "identifier"), cases("addresses"))
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Whatever host, view, number or app an address is of, the same one is meant."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), cases("others"))
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str) -> None:
    """Other pages of a service, and other hosts, are what they are."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", cases("nobody"))
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """Pages of a site, reserved words and malformed codes name nobody."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), cases("names"))
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), cases("no_names"))
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """A remark, or a word that no account can be called, is not taken for a name."""
    assert named(platform, handle) is None


@pytest.mark.parametrize(("identifier", "others"), cases("companions"))
def test_an_identifier_says_what_else_it_is(identifier: str, others: tuple[str, ...]) -> None:
    """Whoever knows a companion knows the identifier."""
    assert companions(identifier) == others


def test_every_service_has_a_table() -> None:
    """A service that is added without cases is not done."""
    services = {
        module.name
        for module in pkgutil.iter_modules(import_module("core.identifiers").__path__)
        if hasattr(import_module(f"core.identifiers.{module.name}"), "SERVICE")
    }

    assert services | {"web"} == set(TABLES)
