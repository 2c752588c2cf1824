"""IPFS: a file is its content's number, on whichever gateway, in either version."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Gateways and the two versions of the number change nothing. Source of the pair: docs.ipfs.tech.
    addresses=[
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
    ],
    # What is no such number is a path like others.
    others=[
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
    ],
    nobody=[
        "ipfs://kites",
    ],
    # A file is known with the folder that it lies in.
    companions=[
        (
            "web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku/kites.pdf",
            ("web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",),
        ),
        ("web:ipfs.io/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", ()),
    ],
)
