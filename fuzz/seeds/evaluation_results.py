"""Results as `tvts eval` writes them."""
import hashlib
import json

ITEMS = [{"question": "t2v", "video": "v1", "text": "a dog", "credit": 100, "rank": 1, "dsl_rank": 2.5,
          "predictions": [{"text": "v1", "score": 0.25}]},
         {"question": "v2t", "video": "v1", "text": "", "credit": 0, "rank": 3, "predictions": []}]


def seeds():
    items = "".join(json.dumps(item) + "\n" for item in ITEMS).encode()
    result = {"format": "tvts-evaluation", "version": 2,
              "manifest": {"benchmark": "msrvtt", "split_sha256": "x", "embedding": {"precision": "fp32"}},
              "items": {"count": len(ITEMS), "sha256": hashlib.sha256(items).hexdigest()}}
    yield "items", b"\0" + items
    yield "twice", b"\0" + items + items
    yield "result", b"\1" + json.dumps(result).encode() + b"\n--\n" + items
    result["manifest"]["embedding"] = None
    yield "given_features", b"\1" + json.dumps(result).encode() + b"\n--\n" + items
