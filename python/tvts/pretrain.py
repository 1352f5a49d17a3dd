"""Pre-training in many processes, one model copy each.

    torchrun --nproc-per-node N -m tvts.pretrain --config FILE

Also under srun and mpirun: the ranks are read from the environment. Python only starts torch.distributed and hands the
process group to the native trainer.
"""
import argparse
import datetime
import os
import sys

from tvts._vocabulary import vocabulary_path
from tvts.ranks import RankError, rank_info_of, whole_number

# Rank 0 validates and writes checkpoints while the others wait for it. A rank that dies is noticed at once, by its
# closed connection.
TIMEOUT = datetime.timedelta(minutes=60)
INTERRUPTED = 130


def say(text):
    sys.stderr.write(f"tvts: {text}\n")
    sys.stderr.flush()


def thread_count(environment, processes):
    """As the command line program counts them; a part of this machine's cores where no variable says. Of OpenMP's list
    of levels ("4,2") the outermost counts, and what makes no sense is passed over."""
    for name in ("TVTS_NUM_THREADS", "OMP_NUM_THREADS"):
        outermost = environment.get(name, "").split(",")[0].strip()
        if outermost.isascii() and outermost.isdigit() and 1 <= int(outermost) <= 4096:
            return int(outermost)
        if outermost:
            say(f"warning: {name} is '{environment[name]}', which is no number of threads; passed over")
    return max(1, len(os.sched_getaffinity(0)) // processes)


def start_group(rank_info, device, wait_seconds):
    """Starts torch.distributed and returns the name of the group; '' for a single process."""
    if rank_info.size == 1:
        return ""
    import torch
    import torch.distributed as distributed
    from tvts.meeting import meet

    address = os.environ.get("MASTER_ADDR", "127.0.0.1")
    port = whole_number(os.environ, "MASTER_PORT", default="29500")
    store = meet(rank_info, address, port, wait_seconds, os.environ, say)
    backend = "gloo"
    if device.startswith("cuda"):
        torch.cuda.set_device(rank_info.local_rank)
        backend = "cpu:gloo,cuda:nccl"  # what ranks tell one another in words is on the CPU
    try:
        distributed.init_process_group(backend, store=store, rank=rank_info.rank, world_size=rank_info.size,
                                       timeout=datetime.timedelta(seconds=wait_seconds))
        return distributed.new_group(backend=backend, timeout=TIMEOUT).group_name  # the first only shows that all connect
    except RuntimeError as error:
        reason = str(error).splitlines()[0]
        raise RankError(f"rank {rank_info.rank} has met the others and cannot connect to them ({reason}); a firewall may be "
                        "between them, or GLOO_SOCKET_IFNAME should name the network interface to use") from error


def train(options, rank_info):
    """Returns the path of the model."""
    try:
        import torch  # before the native module, which links to its libraries
        from tvts import _native
    except ImportError as error:
        raise ImportError(f"{error}; build tvts and put its build/python into PYTHONPATH") from error

    _native.log_to_stderr()
    config = _native.read_config(options.config)
    if options.output:
        config.output = options.output
    if config.device == "cuda":
        config.device = f"cuda:{rank_info.local_rank}"
    torch.set_num_threads(thread_count(os.environ, rank_info.size))
    vocabulary = vocabulary_path()
    return _native.pretrain(config, start_group(rank_info, config.device, options.wait), vocabulary)


def main(arguments=None):
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")  # libtorch warns with a stack trace of what is said here in a line
    parser = argparse.ArgumentParser(prog="tvts.pretrain", description=__doc__.splitlines()[0])
    parser.add_argument("--config", required=True, help="the run, as JSON (docs/pretraining.md)")
    parser.add_argument("--output", help="folder to write to, instead of the config's")
    parser.add_argument("--wait", type=float, default=120, metavar="SECONDS",
                        help="how long to wait for the run's other processes to start (default: %(default)s)")
    options = parser.parse_args(arguments)
    who = ""
    try:
        rank_info = rank_info_of(os.environ)
        who = f"rank {rank_info.rank}: " if rank_info.size > 1 else ""
        model = train(options, rank_info)
    except KeyboardInterrupt as error:
        say(f"{who}{str(error) or 'interrupted'}")
        return INTERRUPTED
    except Exception as error:
        said = (str(error) or type(error).__name__).splitlines()[0]
        say(f"error: {'' if isinstance(error, RankError) else who}{said}")  # which names its ranks
        return getattr(error, "exit_code", 1)
    if rank_info.rank == 0:
        say(f"wrote {model}")
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # a lost process group would wait for its peers in its destructor
