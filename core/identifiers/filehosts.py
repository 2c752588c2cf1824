"""Hosts of files and folders: one form for each, without the key, the view or the file's name.

The key behind `#` opens the file and does not say which it is; a name is whatever the uploader wrote.
"""

import re
from typing import Final

from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service

_ID: Final = r"([A-Za-z0-9_-]{5,120})"
_MEGA: Final = "mega.nz mega.co.nz mega.io mega.app"
_DRIVE: Final = "drive.google.com docs.google.com drive.usercontent.google.com"
_DROPBOX: Final = "dropbox.com dl.dropbox.com dl.dropboxusercontent.com"
_DISK: Final = "disk.yandex.ru disk.yandex.com disk.yandex.kz disk.yandex.by disk.yandex.com.tr yadi.sk"
_TERABOX: Final = (
    "terabox.com teraboxapp.com 1024terabox.com 1024tera.com 4funbox.com terabox.app freeterabox.com"
)
_USER: Final = r"(?:/(?:u|a)/[\w.-]{1,60})?"

_FORMS: Final = (
    Form(_MEGA, r"/folder/([\w-]{8})[^/]*/(file|folder)/([\w-]{8})", "web:mega.nz/folder/{0}/{1}/{2}"),
    Form(
        _MEGA,
        r"/folder/([\w-]{8})\?[^#]*#[\w-]{20,24}/(file|folder)/([\w-]{8})",
        "web:mega.nz/folder/{0}/{1}/{2}",
    ),
    Form(_MEGA, r"/(?:(?:file|embed)/|embed\?[^#]*#!)([\w-]{8})", "web:mega.nz/file/{0}"),
    Form(_MEGA, r"/folder/([\w-]{8})", "web:mega.nz/folder/{0}"),
    Form(_MEGA, r"/\?[^#]*#!([\w-]{8})(?:!.*)?", "web:mega.nz/file/{0}"),
    Form(_MEGA, r"/\?[^#]*#F!([\w-]{8})(?:!.*)?", "web:mega.nz/folder/{0}"),
    Form(_DRIVE, rf"/drive{_USER}(?:/mobile)?/folders/{_ID}", "web:drive.google.com/drive/folders/{0}"),
    Form(
        _DRIVE, rf"/(?:folderview|embeddedfolderview)\?.*?&id={_ID}", "web:drive.google.com/drive/folders/{0}"
    ),
    Form(_DRIVE, rf"/file{_USER}/d/{_ID}", "web:drive.google.com/file/d/{0}"),
    Form(
        _DRIVE,
        rf"(?:/a/[\w.-]{{1,60}})?/(?:open|uc|thumbnail|download|file)\?.*?&id={_ID}",
        "web:drive.google.com/file/d/{0}",
    ),
    Form(_DRIVE, rf"/(?:a/[\w.-]{{1,60}}/)?forms{_USER}/d/e/{_ID}", "web:docs.google.com/forms/d/e/{0}"),
    Form(
        _DRIVE,
        rf"/(?:a/[\w.-]{{1,60}}/)?(document|spreadsheets|presentation|drawings|forms){_USER}/d/(e/)?{_ID}",
        "web:docs.google.com/{0}/d/{2}",
    ),
    Form(_DROPBOX, rf"/scl/(fi|fo)/{_ID}", "web:dropbox.com/scl/{0}/{1}"),
    Form(_DROPBOX, rf"/(s|sh|t)/{_ID}", "web:dropbox.com/{0}/{1}"),
    Form("mediafire.com app.mediafire.com", r"/folder/([0-9a-z]{10,20})", "web:mediafire.com/folder/{0}"),
    Form(
        "mediafire.com app.mediafire.com",
        r"/(?:(?:file|file_premium|download|download\.php|view|watch|listen|audio|video|i)/?)?(?:\?[^#]*?&)?([0-9a-z]{11,20})",
        "web:mediafire.com/file/{0}",
    ),
    Form("wetransfer.com", rf"/downloads/{_ID}", "web:wetransfer.com/downloads/{0}"),
    Form("gofile.io", r"/(?:d/|\?[^#]*?&c=)([A-Za-z0-9]{4,40})", "web:gofile.io/d/{0}"),
    Form(
        "pixeldrain.com pixeldra.in pixeldrain.net",
        r"/(?:u|api/file)/([A-Za-z0-9]{6,12})",
        "web:pixeldrain.com/u/{0}",
    ),
    Form(
        "pixeldrain.com pixeldra.in pixeldrain.net",
        r"/(?:l|api/list)/([A-Za-z0-9]{6,12})",
        "web:pixeldrain.com/l/{0}",
    ),
    Form(
        "4shared.com",
        r"/(?:file|get|video|audio|mp3|photo|office|document|web/preview|s/f|rar|zip)/([A-Za-z0-9_-]{8,14})",
        "web:4shared.com/file/{0}",
    ),
    Form("4shared.com", r"/(?:folder|dir)/([A-Za-z0-9_-]{8,14})", "web:4shared.com/folder/{0}"),
    Form(_DISK, r"/(d|i)/([A-Za-z0-9_-]{10,60})", "web:disk.yandex.ru/{0}/{1}"),
    Form(
        _DISK,
        r"/public/?\?[^#]*?&hash=https?://(?:yadi\.sk|disk\.yandex\.[a-z.]{2,6})/(d|i)/([A-Za-z0-9_-]{10,60})",
        "web:disk.yandex.ru/{0}/{1}",
    ),
    Form(_TERABOX, rf"/s/1{_ID}", "web:terabox.com/s/1{0}"),
    Form(
        _TERABOX, rf"/(?:[a-z]{{2,10}}/)?sharing/(?:link|embed)\?[^#]*?&surl={_ID}", "web:terabox.com/s/1{0}"
    ),
    Form(
        "krakenfiles.com",
        r"/(?:view|embed-video|embed-audio)/([A-Za-z0-9]{6,14})",
        "web:krakenfiles.com/view/{0}",
    ),
    Form("workupload.com", r"/(?:file|start)/([A-Za-z0-9]{6,16})", "web:workupload.com/file/{0}"),
    Form("send.cm sendit.cloud", r"/(?:d/)?([a-z0-9]{4,14})", "web:send.cm/{0}"),
)


def companions(identifier: str) -> tuple[str, ...]:
    """Give the folder that a file was linked in."""
    found = re.match(r"(web:mega\.nz/folder/[\w-]{8})/", identifier)
    return (found[1],) if found else ()


SERVICE: Final = Service(hosts=hosts(_FORMS), identify=reading(_FORMS), companions=companions)
