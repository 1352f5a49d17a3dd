"""Names as lines, numbered lines and JSON."""


def seeds():
    yield "lines", b"\0run\nbrush_hair\nC++\nC#\n"
    yield "numbered", b"\x001 ApplyEyeMakeup\r\n2 YoYo\r\n"
    yield "mark", b"\0\xef\xbb\xbfrun\n\n walk \n"
    yield "ids", b'\1{"run": 1, "walk": "0"}'
