"""Headers with and without windows."""
import json

HEADER = {"format": "tvts-store", "version": 1, "model_path": "m.safetensors", "model_name": "ViT-B-32",
          "model_origin": "init seed 7", "model_sha256": "ab", "embed_dim": 512, "preprocess": "clip", "num_frames": 12,
          "pool": "cls", "precision": "fp32", "normalize": True, "window_seconds": None, "stride_seconds": None,
          "rotate": True, "square_pixels": True, "neutral_texts_sha256": ""}


def seeds():
    yield "whole_videos", json.dumps(HEADER, indent=2).encode()
    yield "windows", json.dumps({**HEADER, "window_seconds": 0.1, "stride_seconds": 0.05}).encode()
