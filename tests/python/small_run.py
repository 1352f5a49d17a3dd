"""A training run of a second, for tests of the launcher: six pictures of stripes and a model of two blocks."""
import json
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

SKIPPED = 77
CLIPS = 6
MODEL = {"name": "tiny", "kind": "B", "activation": "quick_gelu", "embed_dim": 16,
         "video": {"width": 16, "layers": 2, "heads": 2, "patch_size": 8, "image_size": 16, "num_frames": 2},
         "text": {"width": 16, "layers": 2, "heads": 2, "context_length": 16, "vocab_size": 600}}


def png(shape, size=24):
    """A picture of stripes, the more of them the higher `shape`."""
    rows = b"".join(b"\0" + bytes(channel for x in range(size)
                                  for channel in ((x * (shape + 1) + y) % 256, 40 * shape, 255 - 9 * y))
                    for y in range(size))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return str(taken.getsockname()[1])


class SmallRunTest(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)
        for i in range(CLIPS):
            (self.folder / f"p{i}.png").write_bytes(png(i))
        rows = "".join(f"p{i}.png,{word} stripes\n" for i, word in enumerate(("red", "green", "blue", "wide", "thin", "few")))
        (self.folder / "table.csv").write_text("path,caption\n" + rows)
        (self.folder / "model.json").write_text(json.dumps(MODEL))

    def config(self, name, steps, batch=CLIPS, **others):
        """A run of one step an epoch. The temporal attention starts at random: from zero its first gradients are nothing
        but rounding, which AdamW scales up."""
        config = {"output": str(self.folder / "run"), "model": str(self.folder / "model.json"), "epochs": steps,
                  "steps_per_epoch": 1, "temporal_start": "random", "freeze": {"text_layers": 1}, "log_every_steps": 1,
                  "optimizer": {"rate_new": 1e-3, "rate_clip": 1e-3, "milestones": []}, **others,
                  "corpora": [{"name": "alt", "form": "table", "list": str(self.folder / "table.csv"),
                               "root": str(self.folder), "batch": batch}]}
        path = self.folder / (name + ".json")
        path.write_text(json.dumps(config))
        return path

    def start(self, arguments, **environment):
        """The process, which ends with the test at the latest."""
        process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, "OMP_NUM_THREADS": "1", **environment})
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def pretrain(self, config, *options, **environment):
        return self.start(["-m", "tvts.pretrain", "--config", config, *options], **environment)

    def finish(self, process, expected=0):
        _, err = process.communicate(timeout=300)
        self.assertEqual(process.returncode, expected, err)
        return err

    def only_line(self, process, expected):
        """What a process says that ends with this exit code and one sentence."""
        err = self.finish(process, expected)
        self.assertEqual(len(err.splitlines()), 1, err)
        return err


def main():
    try:
        import torch  # noqa: F401  the native module links to its libraries
        from tvts import _native  # noqa: F401
    except ImportError as error:
        print(f"skipped: the Python package is not built ({error})")
        sys.exit(SKIPPED)
    unittest.main()
