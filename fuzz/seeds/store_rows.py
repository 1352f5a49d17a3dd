"""Lines of metadata with every field, of failures, and several lines."""
import json

ROW = {"key": "a", "path": "a.mp4", "folder": "/data", "caption": "a dog", "captions": ["a dog", "it begs"], "label": "beg",
       "labels": ["beg", "wait"], "start": 0.0, "end": 2.5, "duration": 7.1, "fps": 29.97, "frame_pts": [0.0, 1.25],
       "frames_promised": 9, "frames_found": 8, "decode_errors": 1, "warnings": ["9 frames promised, 8 found"],
       "tokens": "token_emb/a_0.npz", "item_start": 0.5, "item_end": 3.0, "size": 101, "mtime": 1700000000000000000,
       "neutral_mean": 0.1, "neutral_deviation": 0.02}
FAILURE = {"key": "b", "path": "b\ufffd.mp4", "path_bytes": "62e92e6d7034", "folder": "/data\ufffd",
           "folder_bytes": "2f64617461e9", "status": "unreadable", "error_message": "no frame", "start": 1.0, "end": 2.0,
           "size": -1, "mtime": -1}


def lines(*rows):
    return "".join(json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n" for row in rows).encode()


def seeds():
    yield "every_field", lines(ROW)
    yield "failure", lines(FAILURE)
    yield "marked", lines({**ROW, "replaced": True}, {**ROW, "vanished": True}, ROW)
    yield "smallest", b'{"path":"a","start":0,"end":0}'
