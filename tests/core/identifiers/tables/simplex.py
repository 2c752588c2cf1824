"""SimpleX: short links by their key, long ones by their server and queue."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Letters, servers and keys around it change nothing about whose address it is.
    addresses=[
        (
            "https://smp4.simplex.im/g#AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
            "simplex:address/AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
        ),
        (
            "https://smp11.simplex.im/c#AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
            "simplex:address/AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
        ),
        (
            "https://smp4.simplex.im/a#exampleexampleexampleexampleexampleexampleA=@smp.example.org/AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
            "simplex:address/AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
        ),
        (
            "https://simplex.chat/a#AAAAexampleAAAAexampleAAAAexampleAAAAexamp0?h=smp4.simplex.im",
            "simplex:address/AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
        ),
        (
            "simplex:/a#AAAAexampleAAAAexampleAAAAexampleAAAAexamp0?h=smp4.simplex.im",
            "simplex:address/AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
        ),
        (
            "simplex:/r#AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
            "simplex:address/AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
        ),
        (
            "https://simplex.chat/contact#/?v=2-7&smp=smp%3A%2F%2FexampleexampleexampleexampleexampleexampleA%3D%40SMP4.simplex.im%2FexampleQUEUEexampleQUEUE00000000%23%2F%3Fv%3D1-4%26dh%3DMCow",
            "simplex:address/smp4.simplex.im/exampleQUEUEexampleQUEUE00000000",
        ),
        (
            "simplex:/contact#/?v=2-7&smp=smp%3A%2F%2FexampleexampleexampleexampleexampleexampleA%3D%40smp4.simplex.im%2Cexample.onion%2FexampleQUEUEexampleQUEUE00000000%23%2F%3Fv%3D1",
            "simplex:address/smp4.simplex.im/exampleQUEUEexampleQUEUE00000000",
        ),
        (
            "https://simplex.chat/invitation#/?v=2&smp=smp%3A%2F%2FexampleexampleexampleexampleexampleexampleA%3D%40smp4.simplex.im%2FexampleQUEUEexampleQUEUE00000000",
            "simplex:address/smp4.simplex.im/exampleQUEUEexampleQUEUE00000000",
        ),
    ],
    # Pages of the site and links without their key lead to nobody.
    nobody=[
        "https://simplex.chat/",
        "https://simplex.chat/downloads",
        "https://smp4.simplex.im/a#short",
        "https://smp4.simplex.im/x#AAAAexampleAAAAexampleAAAAexampleAAAAexamp0",
        "https://simplex.chat/contact#/?v=2-7",
        "simplex:/contact",
    ],
)
