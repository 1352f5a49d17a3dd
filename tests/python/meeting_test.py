"""The meeting of the processes of a run: their messages while they wait, and their errors where they cannot be of one
run. Needs the built package in PYTHONPATH."""
import signal
import socket
import time
import unittest

from small_run import SmallRunTest, free_port, main


class RankInfoTest(unittest.TestCase):
    def check(self, expected, **environment):
        from tvts.ranks import rank_info_of
        rank_info = rank_info_of(environment)
        self.assertEqual((rank_info.rank, rank_info.size, rank_info.local_rank), expected)

    def check_refused(self, sentence, **environment):
        from tvts.ranks import RankError, rank_info_of
        with self.assertRaisesRegex(RankError, sentence):
            rank_info_of(environment)

    def test_outside_of_any_launcher_there_is_one(self):
        self.check((0, 1, 0), PATH="/bin")

    def test_torchrun(self):
        self.check((3, 8, 1), RANK="3", WORLD_SIZE="8", LOCAL_RANK="1")

    def test_srun(self):
        self.check((5, 16, 1), SLURM_PROCID="5", SLURM_NTASKS="16", SLURM_LOCALID="1")

    def test_mpirun_of_both_families(self):
        self.check((2, 4, 0), PMI_RANK="2", PMI_SIZE="4", MPI_LOCALRANKID="0")
        self.check((1, 2, 1), OMPI_COMM_WORLD_RANK="1", OMPI_COMM_WORLD_SIZE="2", OMPI_COMM_WORLD_LOCAL_RANK="1")

    def test_what_a_launcher_says_inside_an_allocation_counts_before_the_allocation(self):
        allocation = {"SLURM_PROCID": "0", "SLURM_NTASKS": "1"}
        self.check((1, 2, 1), RANK="1", WORLD_SIZE="2", LOCAL_RANK="1", **allocation)
        self.check((1, 2, 0), PMI_RANK="1", PMI_SIZE="2", **allocation)
        self.check((1, 2, 0), OMPI_COMM_WORLD_RANK="1", OMPI_COMM_WORLD_SIZE="2", **allocation)

    def test_numbers_that_make_no_sense_are_refused(self):
        self.check_refused("RANK is 'first'; expected a whole number", RANK="first", WORLD_SIZE="2")
        self.check_refused("SLURM_NTASKS is '-2'", SLURM_PROCID="0", SLURM_NTASKS="-2")
        self.check_refused("PMI_RANK is 2 and PMI_SIZE is 2", PMI_RANK="2", PMI_SIZE="2")
        self.check_refused("WORLD_SIZE is 0", RANK="0", WORLD_SIZE="0")

    def test_ranks_are_listed_as_ranges(self):
        from tvts.ranks import ranges
        self.assertEqual(ranges([0, 2, 3, 4, 7]), "ranks 0, 2 to 4, 7")
        self.assertEqual(ranges([3]), "rank 3")


class WaitTest(SmallRunTest):
    """A process that is alone although its launcher's variables tell of two."""

    def check_alone(self, rank, names, remedy):
        config = self.config("alone", 1)
        process = self.pretrain(config, "--wait", "2", MASTER_PORT=free_port(), **{names[0]: str(rank), names[1]: "2"})
        lines = self.finish(process, expected=2).splitlines()
        self.assertGreaterEqual(len(lines), 2, lines)
        other = 1 - rank
        self.assertRegex(lines[0], rf"rank {rank} of 2 \({names[0]}, {names[1]}\) waits at 127.0.0.1:\d+ for rank {other}")
        self.assertRegex(lines[0], r"it ends in \d s")
        self.assertRegex(lines[-1], rf"error: .*has waited 2 s at 127.0.0.1:\d+ for rank {other}")
        for line in lines:
            self.assertIn(remedy, line)
            self.assertIn(f"env -u {names[1]}", line)
        self.assertFalse((self.folder / "run").exists())
        return lines[0]

    def test_srun_forgotten_inside_an_allocation(self):
        self.assertIn("there: rank 0", self.check_alone(0, ("SLURM_PROCID", "SLURM_NTASKS"), "srun python"))

    def test_mpiexec_forgotten(self):
        self.check_alone(0, ("PMI_RANK", "PMI_SIZE"), "mpiexec -n N python")

    def test_mpirun_forgotten(self):
        self.check_alone(0, ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"), "mpirun -n N python")

    def test_a_process_without_rank_0(self):
        self.assertIn("Connection refused", self.check_alone(1, ("SLURM_PROCID", "SLURM_NTASKS"), "srun python"))

    def test_a_port_that_another_program_keeps_is_not_waited_at_for_good(self):
        with socket.create_server(("127.0.0.1", 0)) as mute:
            port = str(mute.getsockname()[1])
            process = self.pretrain(self.config("mute", 1), "--wait", "3", RANK="1", WORLD_SIZE="2", MASTER_PORT=port)
            self.assertIn("has waited 3 s", self.finish(process, 2))

    def test_ctrl_c_while_it_waits(self):
        process = self.pretrain(self.config("stopped", 1), "--wait", "60", RANK="0", WORLD_SIZE="2", MASTER_PORT=free_port())
        while "waits at" not in process.stderr.readline():
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        self.assertIn("interrupted", self.only_line(process, 130))


class RefusalTest(SmallRunTest):
    """Processes that are not those of one run: each ends soon, with one sentence."""

    def two(self, first, second, **second_environment):
        port = free_port()
        rank = lambda number: {"RANK": str(number), "WORLD_SIZE": "2", "LOCAL_RANK": str(number), "MASTER_PORT": port}
        return [self.pretrain(first, **rank(0)), self.pretrain(second, **{**rank(1), **second_environment})]

    def check_refused(self, processes, expected, sentence):
        for process in processes:
            self.assertRegex(self.only_line(process, expected), sentence)
        self.assertFalse((self.folder / "run/model.safetensors").exists())

    def test_other_configs_are_refused_by_the_first_key_that_differs(self):
        own = self.config("own", 2, batch=2)
        self.check_refused(self.two(own, self.config("seed", 2, batch=2, seed=9)), 2, "seed is 0 on rank 0 and 9 on rank 1")
        self.check_refused(self.two(own, self.config("batch", 2, batch=4)), 2, r"corpora\[0\].batch is 2 on rank 0 and 4 on")
        self.check_refused(self.two(own, self.config("hot", 2, batch=2, objective={"temperature": 0.5})), 2,
                           "objective.temperature is 0.05 on rank 0 and 0.5 on rank 1")

    def test_another_number_of_ranks(self):
        own = self.config("own", 1)
        self.check_refused(self.two(own, own, WORLD_SIZE="3"), 2, "rank [01] counts [23] ranks and rank [01] counts [23]")

    def test_a_rank_that_is_there_already(self):
        own, port = self.config("own", 1), free_port()
        first = self.pretrain(own, "--wait", "20", RANK="0", WORLD_SIZE="3", MASTER_PORT=port)
        twins = [self.pretrain(own, "--wait", "20", RANK="1", WORLD_SIZE="3", MASTER_PORT=port) for _ in range(2)]
        while all(twin.poll() is None for twin in twins):
            time.sleep(0.1)
        late = next(twin for twin in twins if twin.poll() is not None)
        self.assertIn("rank 1 is there already (process ", self.only_line(late, 2))
        self.finish(first, expected=2)

    def test_a_port_in_use(self):
        with socket.create_server(("", 0)) as taken:
            port = str(taken.getsockname()[1])
            process = self.pretrain(self.config("own", 1), RANK="0", WORLD_SIZE="2", MASTER_PORT=port)
            self.assertRegex(self.only_line(process, 2), f"cannot listen on the port {port} .*set MASTER_PORT to a free one")

    def test_a_batch_that_does_not_divide(self):
        own = self.config("own", 1, batch=3)
        self.check_refused(self.two(own, own), 4, "a batch of 3 clips does not divide among 2 ranks")

    def test_variables_that_are_no_numbers(self):
        own = self.config("own", 1)
        self.assertIn("WORLD_SIZE is 'two'", self.only_line(self.pretrain(own, RANK="0", WORLD_SIZE="two"), 2))
        self.assertIn("MASTER_PORT is 'x'",
                      self.only_line(self.pretrain(own, RANK="0", WORLD_SIZE="2", MASTER_PORT="x"), 2))


if __name__ == "__main__":
    main()
