"""Invented landscapes for tests, drawn by the sample maker."""

from samples.drawing import Scene

LANTERNS = Scene(
    seed=11,
    sky=((40, 60, 120), (230, 160, 120)),
    sun=(470, 180, 46),
    ridges=((110, 100, 130), (70, 80, 90), (30, 50, 40)),
    lanterns=((120, 150, 90), (250, 210, 70), (380, 130, 60)),
)
HARBOUR = Scene(
    seed=23,
    sky=((120, 190, 230), (240, 230, 190)),
    sun=(120, 90, 40),
    ridges=((140, 150, 170), (90, 120, 80), (60, 90, 50)),
    kites=((200, 160, 50), (420, 120, 70), (540, 220, 40)),
)
MEADOW = Scene(
    seed=31,
    sky=((200, 210, 220), (160, 190, 210)),
    sun=(330, 60, 30),
    ridges=((100, 140, 100), (60, 130, 50)),
    kites=((100, 100, 60), (330, 250, 60)),
)
