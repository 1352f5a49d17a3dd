"""The launcher of distributed pre-training: two gloo ranks against one process, a rank that dies. Needs the built package
in PYTHONPATH."""
import array
import json
import math
import pathlib
import struct
import time
import unittest

from small_run import SmallRunTest, free_port, main


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


class ThreadsTest(unittest.TestCase):
    def check(self, expected, **environment):
        from tvts.pretrain import thread_count
        self.assertEqual(thread_count(environment, processes=1 << 20), expected)

    def test_are_those_of_the_variables(self):
        self.check(1)
        self.check(3, OMP_NUM_THREADS="3")
        self.check(2, OMP_NUM_THREADS="3", TVTS_NUM_THREADS="2")

    def test_of_levels_the_outermost_counts_and_nonsense_is_passed_over(self):
        self.check(4, OMP_NUM_THREADS="4,2")
        self.check(1, OMP_NUM_THREADS="many")
        self.check(3, OMP_NUM_THREADS="3", TVTS_NUM_THREADS="0")


class RunsTest(SmallRunTest):
    def test_two_ranks_give_the_model_of_one_process(self):
        one, two = (self.config(name, 8, output=str(self.folder / name)) for name in ("one", "two"))
        self.finish(self.pretrain(one))
        self.finish(self.start(["-m", "torch.distributed.run", "--master-port", free_port(), "--nproc-per-node", "2",
                                "-m", "tvts.pretrain", "--config", two]))
        expected = tensors(self.folder / "one/model.safetensors")
        found = tensors(self.folder / "two/model.safetensors")
        self.assertEqual(expected.keys(), found.keys())
        for name, values in expected.items():
            difference = norm([a - b for a, b in zip(values, found[name])])
            self.assertLessEqual(difference, 1e-3 * norm(values) + 1e-4, name)

    def test_a_rank_that_dies_ends_the_others_and_one_rank_goes_on(self):
        config = self.config("killed", 300, checkpoint={"every_steps": 5})
        port = free_port()
        processes = [self.pretrain(config, RANK=str(rank), WORLD_SIZE="2", LOCAL_RANK=str(rank), MASTER_ADDR="127.0.0.1",
                                   MASTER_PORT=port) for rank in range(2)]
        checkpoints = self.folder / "run/checkpoints"
        while not list(checkpoints.glob("step_*[0-9]")) and processes[0].poll() is None:
            time.sleep(0.002)
        processes[1].kill()
        err = self.finish(processes[0], expected=1)
        self.assertIn("rank 0 has lost another rank", err)
        self.assertIn("goes on from its last checkpoint", err)
        processes[1].communicate()
        err = self.finish(self.pretrain(config))
        self.assertIn("going on after step", err)
        self.assertTrue((self.folder / "run/model.safetensors").exists())

    def test_a_wrong_config_is_one_line_and_exit_code_four(self):
        err = self.only_line(self.pretrain(self.config("wrong", 8, epoch=3)), 4)
        self.assertIn("unknown key 'epoch'; the nearest one is 'epochs'", err)
        err = self.only_line(self.pretrain(self.folder / "gone.json"), 4)
        self.assertIn("gone.json", err)

    def test_a_folder_of_another_run_is_exit_code_two(self):
        self.finish(self.pretrain(self.config("own", 1)))
        err = self.only_line(self.pretrain(self.config("own", 1, seed=5)), 2)
        self.assertIn("seed is 0 there and 5 now", err)


if __name__ == "__main__":
    main()
