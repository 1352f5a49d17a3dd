"""The rank of this process in its run, as the launcher that started it states in the environment."""
import dataclasses
import itertools


class RankError(ValueError):
    """The processes of a run were started in a way that cannot work. One sentence, for the user."""
    exit_code = 2


@dataclasses.dataclass(frozen=True)
class Launcher:
    """The variables in which a launcher tells ranks, and how it starts all of them."""
    rank: str
    size: str
    local_rank: str
    command: str


# In the order in which they are asked. SLURM comes last: its variables are those of a whole allocation, in which the
# others start processes of their own.
LAUNCHERS = (
    Launcher("RANK", "WORLD_SIZE", "LOCAL_RANK", "torchrun --nproc-per-node N -m tvts.pretrain"),
    Launcher("PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID", "mpiexec -n N python -m tvts.pretrain"),
    Launcher("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK",
             "mpirun -n N python -m tvts.pretrain"),
    Launcher("SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID", "srun python -m tvts.pretrain"),
)


@dataclasses.dataclass(frozen=True)
class RankInfo:
    """This process among those of its run."""
    rank: int = 0
    size: int = 1
    local_rank: int = 0  # on this machine
    launcher: Launcher | None = None

    def __str__(self):
        return f"rank {self.rank} of {self.size} ({self.launcher.rank}, {self.launcher.size})"

    def remedy(self):
        return (f"start all processes with `{self.launcher.command} ...`, or train in this one alone without "
                f"{self.launcher.size} (`env -u {self.launcher.size} python -m tvts.pretrain ...`)")


def whole_number(environment, name, default=None):
    """The variable's value. Raises RankError where it is no whole number from 0 on."""
    text = environment.get(name, default)
    if not (text.isascii() and text.isdigit()):
        raise RankError(f"{name} is '{text}'; expected a whole number, 0 or more")
    return int(text)


def rank_info_of(environment):
    """As the first launcher says that gives both a rank and a number of ranks; outside of any, the only process.
    Raises RankError for numbers that make no sense."""
    for launcher in LAUNCHERS:
        if launcher.rank in environment and launcher.size in environment:
            rank_info = RankInfo(whole_number(environment, launcher.rank), whole_number(environment, launcher.size),
                                 whole_number(environment, launcher.local_rank, default="0"), launcher)
            if rank_info.rank >= rank_info.size:
                raise RankError(f"{launcher.rank} is {rank_info.rank} and {launcher.size} is {rank_info.size}; ranks are "
                                "counted from 0 and stay below their number")
            return rank_info
    return RankInfo()


def ranges(ranks):
    """[0, 2, 3, 4] as "ranks 0, 2 to 4", [3] as "rank 3"."""
    texts = []
    for _, group in itertools.groupby(enumerate(ranks), lambda pair: pair[1] - pair[0]):
        found = [rank for _, rank in group]
        texts.append(str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}")
    return f"rank{'s' if len(ranks) > 1 else ''} {', '.join(texts)}"
