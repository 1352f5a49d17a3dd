"""Every kind of value, and what Python writes beside the standard."""
import json


def seeds():
    yield "values", json.dumps({"a": [1, -2, 0.5, 1e300, True, None, "é\n"], "b": {"c": {}, "d": []}}).encode()
    yield "python", json.dumps([float("nan"), float("inf"), -float("inf"), "\ud83d", "\U0001f600"]).encode()
    yield "large", b'{"a": 1e999, "a": -1E+999, "b": 18446744073709551616}'
    yield "mark", b"\xef\xbb\xbf[0]"
