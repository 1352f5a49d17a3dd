"""The launcher of distributed pre-training: ranks from the environment, two gloo ranks against one process, a rank that
dies. Needs the built package in PYTHONPATH."""
import array
import json
import math
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time
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


def tensors(path):
    """{name: float32 values} of a safetensors file."""
    data = pathlib.Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__", None)
    values = {}
    for name, about in header.items():
        if about["dtype"] == "F32":
            begin, end = about["data_offsets"]
            values[name] = array.array("f", data[8 + size + begin:8 + size + end])
    return values


def norm(values):
    return math.sqrt(sum(value * value for value in values))


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class RanksTest(unittest.TestCase):
    def check(self, expected, **environment):
        from tvts.pretrain import ranks
        self.assertEqual(ranks(environment), expected)

    def test_outside_of_any_launcher_there_is_one(self):
        self.check((0, 1, 0), PATH="/bin")

    def test_torchrun(self):
        self.check((3, 8, 1), RANK="3", WORLD_SIZE="8", LOCAL_RANK="1")

    def test_srun(self):
        self.check((5, 16, 1), SLURM_PROCID="5", SLURM_NTASKS="16", SLURM_LOCALID="1")

    def test_mpirun_of_both_families(self):
        self.check((2, 4, 0), PMI_RANK="2", PMI_SIZE="4", MPI_LOCALRANKID="0")
        self.check((1, 2, 1), OMPI_COMM_WORLD_RANK="1", OMPI_COMM_WORLD_SIZE="2", OMPI_COMM_WORLD_LOCAL_RANK="1")

    def test_torchrun_inside_an_allocation_counts_first(self):
        self.check((1, 2, 1), RANK="1", WORLD_SIZE="2", LOCAL_RANK="1", SLURM_PROCID="0", SLURM_NTASKS="1")


class RunsTest(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)
        for i in range(CLIPS):
            (self.folder / f"p{i}.png").write_bytes(png(i))
        rows = "".join(f"p{i}.png,{word} stripes\n" for i, word in enumerate(("red", "green", "blue", "wide", "thin", "few")))
        (self.folder / "table.csv").write_text("path,caption\n" + rows)
        (self.folder / "model.json").write_text(json.dumps(MODEL))

    def config(self, name, steps, **others):
        """A run of one step an epoch. The temporal attention starts at random: from zero its first gradients are nothing
        but rounding, which AdamW scales up."""
        config = {"output": str(self.folder / name), "model": str(self.folder / "model.json"), "epochs": steps,
                  "temporal_start": "random", "freeze": {"text_layers": 1}, "log_every_steps": 1,
                  "optimizer": {"rate_new": 1e-3, "rate_clip": 1e-3, "milestones": []}, **others,
                  "corpora": [{"name": "alt", "form": "table", "list": str(self.folder / "table.csv"),
                               "root": str(self.folder), "batch": CLIPS}]}
        path = self.folder / (name + ".json")
        path.write_text(json.dumps(config))
        return path

    @staticmethod
    def start(arguments, **environment):
        return subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                env={**os.environ, "OMP_NUM_THREADS": "1", **environment})

    def finish(self, process, expected=0):
        _, err = process.communicate(timeout=300)
        self.assertEqual(process.returncode, expected, err)
        return err

    def test_two_ranks_give_the_model_of_one_process(self):
        one, two = self.config("one", 8), self.config("two", 8)
        self.finish(self.start(["-m", "tvts.pretrain", "--config", one]))
        self.finish(self.start(["-m", "torch.distributed.run", "--master-port", str(free_port()), "--nproc-per-node", "2",
                                "-m", "tvts.pretrain", "--config", two]))
        expected = tensors(self.folder / "one/model.safetensors")
        found = tensors(self.folder / "two/model.safetensors")
        self.assertEqual(expected.keys(), found.keys())
        for name, values in expected.items():
            difference = norm([a - b for a, b in zip(values, found[name])])
            self.assertLessEqual(difference, 1e-3 * norm(values) + 1e-4, name)

    def test_a_rank_that_dies_ends_the_others_and_one_rank_goes_on(self):
        config = self.config("killed", 300, checkpoint={"every_steps": 5})
        port = str(free_port())
        processes = [self.start(["-m", "tvts.pretrain", "--config", config], RANK=str(rank), WORLD_SIZE="2",
                                LOCAL_RANK=str(rank), MASTER_ADDR="127.0.0.1", MASTER_PORT=port) for rank in range(2)]
        checkpoints = self.folder / "killed/checkpoints"
        while not list(checkpoints.glob("step_*[0-9]")) and processes[0].poll() is None:
            time.sleep(0.002)
        processes[1].kill()
        killed = time.monotonic()
        err = self.finish(processes[0], expected=1)
        self.assertLess(time.monotonic() - killed, 60)
        self.assertIn("rank 0 has lost another rank", err)
        self.assertIn("goes on from its last checkpoint", err)
        processes[1].communicate()
        err = self.finish(self.start(["-m", "tvts.pretrain", "--config", config]))
        self.assertIn("going on after step", err)
        self.assertTrue((self.folder / "killed/model.safetensors").exists())

    def test_a_wrong_config_is_one_line_and_exit_code_four(self):
        config = self.config("wrong", 8, epoch=3)
        err = self.finish(self.start(["-m", "tvts.pretrain", "--config", config]), expected=4)
        self.assertIn("unknown key 'epoch'; the nearest one is 'epochs'", err)
        self.assertEqual(len(err.splitlines()), 1)


if __name__ == "__main__":
    try:
        import torch  # noqa: F401  the native module links to its libraries
        from tvts import _native  # noqa: F401
    except ImportError as error:
        print(f"skipped: the Python package is not built ({error})")
        sys.exit(SKIPPED)
    unittest.main()
