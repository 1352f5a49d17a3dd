"""Pre-training in many processes, one model copy each.

    torchrun --nproc-per-node N -m tvts.pretrain --config FILE

Also under srun and mpirun: the ranks are read from the environment. Python only starts torch.distributed and hands the
process group to the native trainer.
"""
import argparse
import datetime
import json
import os
import pathlib
import sys

# The environments that tell ranks, in the order in which they are asked: rank, number of ranks, rank on this machine.
RANK_VARIABLES = (
    ("RANK", "WORLD_SIZE", "LOCAL_RANK"),
    ("PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID"),
    ("SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID"),
    ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK"),
)
# Rank 0 validates and writes checkpoints while the others wait for it. A rank that dies is noticed at once, by its
# closed connection.
TIMEOUT = datetime.timedelta(minutes=60)


def ranks(environment):
    """(rank, number of ranks, rank on this machine) of this process; (0, 1, 0) outside of any launcher."""
    for rank, size, local in RANK_VARIABLES:
        if rank in environment and size in environment:
            return int(environment[rank]), int(environment[size]), int(environment.get(local, 0))
    return 0, 1, 0


def vocabulary_path():
    """CLIP's merges: $TVTS_VOCABULARY, or share/tvts/ beside the package."""
    name = "bpe_simple_vocab_16e6.txt.gz"
    named = os.environ.get("TVTS_VOCABULARY")
    places = [pathlib.Path(named)] if named else [p / "share" / "tvts" / name for p in pathlib.Path(__file__).parents]
    for place in places:
        if place.is_file():
            return str(place)
    raise SystemExit(f"tvts: error: the vocabulary {name} is not there; set TVTS_VOCABULARY to its path")


def read_config(path, output):
    """The run's JSON, with the output folder of the command line."""
    try:
        config = json.loads(pathlib.Path(path).read_text())
    except (OSError, ValueError) as error:
        raise SystemExit(f"tvts: error: {path}: {error}") from None
    if output:
        config["output"] = output
    return config


def start_group(rank, size, local_rank, device):
    """Starts torch.distributed and returns the name of the group; '' for a single process."""
    if size == 1:
        return ""
    import torch
    import torch.distributed as distributed

    if device.startswith("cuda"):
        torch.cuda.set_device(local_rank)
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29500")
    distributed.init_process_group("nccl" if device.startswith("cuda") else "gloo", rank=rank, world_size=size,
                                   timeout=TIMEOUT)
    return distributed.group.WORLD.group_name


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="tvts.pretrain", description=__doc__.splitlines()[0])
    parser.add_argument("--config", required=True, help="the run, as JSON (docs/pretraining.md)")
    parser.add_argument("--output", help="folder to write to, instead of the config's")
    options = parser.parse_args(arguments)

    import torch  # noqa: F401  before the native module, which links to its libraries
    from tvts import _native

    rank, size, local_rank = ranks(os.environ)
    config = read_config(options.config, options.output)
    device = config.get("device", "cpu")
    if device == "cuda":
        config["device"] = f"cuda:{local_rank}"
    threads = os.environ.get("TVTS_NUM_THREADS") or os.environ.get("OMP_NUM_THREADS")
    torch.set_num_threads(int(threads) if threads else max(1, len(os.sched_getaffinity(0)) // size))
    group = start_group(rank, size, local_rank, device)
    try:
        model = _native.pretrain(json.dumps(config), options.config, group, vocabulary_path())
    except ValueError as error:
        sys.stderr.write(f"tvts: error: rank {rank}: {error}\n")
        return 4
    except KeyboardInterrupt as error:
        sys.stderr.write(f"tvts: rank {rank}: {error}\n")
        return 130
    except RuntimeError as error:
        sys.stderr.write(f"tvts: error: rank {rank}: {error}\n")
        return 1
    if rank == 0:
        sys.stderr.write(f"tvts: wrote {model}\n")
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # a lost process group would wait for its peers in its destructor
