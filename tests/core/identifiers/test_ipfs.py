"""IPFS: a file is its content's number, on whichever gateway, in either version."""

import pytest

from core.identifiers import canonical, companions

ADDRESSES = [
    (
        "https://ipfs.io/ipfs/QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n",
        "web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
    ),
    (
        "https://ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
        "web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
    ),
    (
        "https://gateway.example/ipfs/QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n/kites.pdf",
        "web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku/kites.pdf",
    ),
    (
        "https://bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku.ipfs.dweb.link/kites.pdf?filename=x",
        "web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku/kites.pdf",
    ),
    (
        "https://bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku.ipfs.gateway.example/",
        "web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
    ),
    (
        "ipfs://bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku/kites.pdf",
        "web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku/kites.pdf",
    ),
    ("https://gateway.example/ipns/lantern.example", "web:ipfs.io/ipns/lantern.example"),
    ("ipns://lantern.example", "web:ipfs.io/ipns/lantern.example"),
]

NEAR_MISSES = [
    ("https://ipfs.io/", "web:ipfs.io/"),
    ("https://gateway.example/ipfs/kites", "web:gateway.example/ipfs/kites"),
    ("https://gateway.example/ipfs", "web:gateway.example/ipfs"),
    (
        "https://gateway.example/ipfs/QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1",
        "web:gateway.example/ipfs/QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1",
    ),
    (
        "https://gateway.example/ipfs/QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR10",
        "web:gateway.example/ipfs/QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR10",
    ),
    (
        "https://gateway.example/ipfs/Qmzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "web:gateway.example/ipfs/Qmzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
    ),
    ("ipfs://kites", None),
]

COMPANIONS = [
    (
        "web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku/kites.pdf",
        ("web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",),
    ),
    ("web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", ()),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Gateways and the two versions of the number change nothing. Source of the pair: docs.ipfs.tech."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), NEAR_MISSES)
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str | None) -> None:
    """What is no such number is a path like others."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("identifier", "others"), COMPANIONS)
def test_an_identifier_says_what_else_it_is(identifier: str, others: tuple[str, ...]) -> None:
    """A file is known with the folder that it lies in."""
    assert companions(identifier) == others
