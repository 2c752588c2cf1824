"""Files and folders: one form for each, without keys, views and names."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Hosts, views, keys and names change nothing about which file it is.
    addresses=[
        ("https://mega.nz/file/AbCdEf12#key", "web:mega.nz/file/AbCdEf12"),
        ("https://mega.nz/#!AbCdEf12!key", "web:mega.nz/file/AbCdEf12"),
        ("https://mega.co.nz/#!AbCdEf12", "web:mega.nz/file/AbCdEf12"),
        ("https://mega.nz/embed/AbCdEf12#key", "web:mega.nz/file/AbCdEf12"),
        ("https://mega.nz/folder/AbCdEf12#key", "web:mega.nz/folder/AbCdEf12"),
        ("https://mega.nz/#F!AbCdEf12!key", "web:mega.nz/folder/AbCdEf12"),
        (
            "https://mega.nz/folder/AbCdEf12#0123456789abcdefABCDEF/file/GhIjKl34",
            "web:mega.nz/folder/AbCdEf12/file/GhIjKl34",
        ),
        (
            "https://drive.google.com/file/d/1AbCdEfGhIjKlMn/view?usp=sharing",
            "web:drive.google.com/file/d/1AbCdEfGhIjKlMn",
        ),
        ("https://drive.google.com/open?id=1AbCdEfGhIjKlMn", "web:drive.google.com/file/d/1AbCdEfGhIjKlMn"),
        (
            "https://drive.google.com/uc?export=download&id=1AbCdEfGhIjKlMn",
            "web:drive.google.com/file/d/1AbCdEfGhIjKlMn",
        ),
        (
            "https://drive.usercontent.google.com/download?id=1AbCdEfGhIjKlMn&confirm=t",
            "web:drive.google.com/file/d/1AbCdEfGhIjKlMn",
        ),
        (
            "https://drive.google.com/drive/u/0/folders/1AbCdEfGhIjKlMn",
            "web:drive.google.com/drive/folders/1AbCdEfGhIjKlMn",
        ),
        (
            "https://drive.google.com/folderview?id=1AbCdEfGhIjKlMn",
            "web:drive.google.com/drive/folders/1AbCdEfGhIjKlMn",
        ),
        (
            "https://docs.google.com/document/d/1AbCdEfGhIjKlMn/edit#heading=x",
            "web:docs.google.com/document/d/1AbCdEfGhIjKlMn",
        ),
        (
            "https://docs.google.com/document/u/1/d/1AbCdEfGhIjKlMn/preview",
            "web:docs.google.com/document/d/1AbCdEfGhIjKlMn",
        ),
        (
            "https://docs.google.com/forms/d/e/1AbCdEfGhIjKlMn/viewform",
            "web:docs.google.com/forms/d/e/1AbCdEfGhIjKlMn",
        ),
        ("https://www.dropbox.com/scl/fi/abcde12345/a.pdf?rlkey=x&dl=1", "web:dropbox.com/scl/fi/abcde12345"),
        ("https://dl.dropboxusercontent.com/scl/fi/abcde12345/a.pdf", "web:dropbox.com/scl/fi/abcde12345"),
        ("https://www.dropbox.com/s/abcde12345/a.pdf?dl=0", "web:dropbox.com/s/abcde12345"),
        (
            "https://www.mediafire.com/file/abcdefghijk12/kites.zip/file",
            "web:mediafire.com/file/abcdefghijk12",
        ),
        ("https://www.mediafire.com/?abcdefghijk12", "web:mediafire.com/file/abcdefghijk12"),
        ("https://www.mediafire.com/download.php?abcdefghijk12", "web:mediafire.com/file/abcdefghijk12"),
        ("https://app.mediafire.com/abcdefghijk12", "web:mediafire.com/file/abcdefghijk12"),
        ("https://www.mediafire.com/folder/abcdefghijk12/kites", "web:mediafire.com/folder/abcdefghijk12"),
        ("https://wetransfer.com/downloads/0123abcd/ef01", "web:wetransfer.com/downloads/0123abcd"),
        ("https://gofile.io/d/AbCd12", "web:gofile.io/d/AbCd12"),
        ("https://gofile.io/?c=AbCd12", "web:gofile.io/d/AbCd12"),
        ("https://pixeldrain.com/api/file/AbCdEf12?download", "web:pixeldrain.com/u/AbCdEf12"),
        ("https://pixeldra.in/u/AbCdEf12", "web:pixeldrain.com/u/AbCdEf12"),
        ("https://pixeldrain.com/l/AbCdEf12#item=1", "web:pixeldrain.com/l/AbCdEf12"),
        ("https://www.4shared.com/get/AbCdEf1234/kites.html", "web:4shared.com/file/AbCdEf1234"),
        ("https://yadi.sk/d/AbCdEfGhIjKl12", "web:disk.yandex.ru/d/AbCdEfGhIjKl12"),
        ("https://disk.yandex.com/d/AbCdEfGhIjKl12/kites.pdf", "web:disk.yandex.ru/d/AbCdEfGhIjKl12"),
        ("https://1024terabox.com/sharing/link?surl=AbCdEfGhIj", "web:terabox.com/s/1AbCdEfGhIj"),
        ("https://terabox.com/s/1AbCdEfGhIj", "web:terabox.com/s/1AbCdEfGhIj"),
        ("https://files.catbox.moe/abc123.mp4", "web:files.catbox.moe/abc123.mp4"),
        ("https://krakenfiles.com/view/AbCdEf1234/file.html", "web:krakenfiles.com/view/AbCdEf1234"),
        ("https://workupload.com/start/AbCdEf123", "web:workupload.com/file/AbCdEf123"),
    ],
    # Pages of the sites and other hosts stay themselves.
    others=[
        ("https://mega.nz/", "web:mega.nz/"),
        ("https://mega.nz/pro", "web:mega.nz/pro"),
        ("https://drive.google.com/", "web:drive.google.com/"),
        ("https://drive.google.com/open", "web:drive.google.com/open"),
        ("https://dropbox.com/lantern_example", "web:dropbox.com/lantern_example"),
        ("https://www.mediafire.com/about/", "web:mediafire.com/about"),
        ("https://mega.nz.example/file/AbCdEf12", "web:mega.nz.example/file/AbCdEf12"),
        ("https://omega.nz/file/AbCdEf12", "web:omega.nz/file/AbCdEf12"),
        ("https://gofile.io/welcome", "web:gofile.io/welcome"),
    ],
    # A file that was linked in a folder is known with the folder.
    companions=[
        ("web:mega.nz/folder/AbCdEf12/file/GhIjKl34", ("web:mega.nz/folder/AbCdEf12",)),
        ("web:mega.nz/folder/AbCdEf12", ()),
    ],
)
