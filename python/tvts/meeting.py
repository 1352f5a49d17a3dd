"""The processes of a run find one another, before torch.distributed starts: it would wait in silence, and end with an
abort or a traceback where something else answers.

Rank 0 keeps a store at MASTER_ADDR:MASTER_PORT (under torchrun its agent does). Every rank writes its card there: how
many ranks it counts. Rank 0 reads all cards and writes its verdict. A process that waits says for whom, and ends after
a stated time.
"""
import datetime
import errno
import os
import socket
import threading
import time

from torch.distributed import PrefixStore, TCPStore

from tvts.ranks import RankError, ranges

FIRST_LINE_AFTER, NEXT_LINE_AFTER = 10, 30  # seconds; of a short wait a tenth and a fourth
LOOK_EVERY = 0.1  # seconds
STORE_TIMEOUT = datetime.timedelta(seconds=30)
REFUSAL_IS_READ_WITHIN = 5  # seconds, after which rank 0 and its store go
ALL_HERE = "all are here"


class Wait:
    """The waits of one process, which together end after `seconds`."""

    def __init__(self, rank_info, where, seconds, say):
        self.rank_info, self.where, self.seconds, self.say = rank_info, where, seconds, say
        self.start = time.monotonic()
        self.next_line = self.start + min(FIRST_LINE_AFTER, seconds / 10)

    def until(self, look, for_what):
        """What look() gives, once it is not None. for_what() says what is waited for and who is there."""
        while (found := look()) is None:
            now = time.monotonic()
            if now - self.start > self.seconds:
                raise RankError(f"{self.rank_info} has waited {self.seconds:.0f} s at {self.where} for {for_what()}; "
                                f"{self.rank_info.remedy()}")
            if now > self.next_line:
                self.next_line = now + min(NEXT_LINE_AFTER, self.seconds / 4)
                self.say(f"{self.rank_info} waits at {self.where} for {for_what()}; it ends in "
                         f"{self.seconds - (now - self.start):.0f} s. If nothing else was started, {self.rank_info.remedy()}")
            time.sleep(LOOK_EVERY)
        return found


class InBackground:
    """Calls until there is a result, in a thread that does not keep the process alive: the call may block for good."""

    def __init__(self, call):
        self.result, self.problem = None, "no answer"
        threading.Thread(target=self.run, args=(call,), daemon=True).start()

    def run(self, call):
        while self.result is None:
            try:
                self.result = call()
            except OSError as error:
                self.problem = error.strerror or str(error)
                time.sleep(LOOK_EVERY)


def listening_socket(port):
    """On all interfaces. Raises RankError where the port is not to be had."""
    for family, dual in ((socket.AF_INET6, True), (socket.AF_INET, False)):  # a system may have no IPv6
        try:
            return socket.create_server(("", port), family=family, dualstack_ipv6=dual, backlog=socket.SOMAXCONN)
        except OSError as error:
            reason = error
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                break
    raise RankError(f"rank 0 cannot listen on the port {port} of this machine ({os.strerror(reason.errno)}), perhaps since "
                    "another run does; set MASTER_PORT to a free one, the same for all processes of a run")


def client(address, port):
    """A client of the store there. Raises OSError with the reason where there is none."""
    socket.create_connection((address, port), timeout=5).close()
    try:
        return TCPStore(address, port, is_master=False, timeout=STORE_TIMEOUT)
    except RuntimeError:
        raise OSError("what answers there is no rank 0; another program may use the port") from None


def open_store(rank_info, address, port, wait, environment):
    """The store of the run."""
    kept_by_agent = environment.get("TORCHELASTIC_USE_AGENT_STORE") == "True"
    if rank_info.rank == 0 and not kept_by_agent:
        return TCPStore("localhost", port, is_master=True, wait_for_workers=False, timeout=STORE_TIMEOUT,
                        master_listen_fd=listening_socket(port).detach())
    attempt = InBackground(lambda: client(address, port))
    return wait.until(lambda: attempt.result, lambda: f"rank 0 ({attempt.problem})")


class Meeting:
    """The messages that the ranks exchange through the store."""

    def __init__(self, rank_info, store, wait):
        self.rank_info, self.store, self.wait = rank_info, store, wait
        self.sizes = {}  # by rank, of the cards that were read

    def attend(self):
        """Returns once all ranks are there. Raises RankError where they are not those of one run."""
        self.leave_card()
        if self.rank_info.rank == 0:
            self.give_verdict()
        else:
            self.take_verdict()

    def leave_card(self):
        name, own = f"rank {self.rank_info.rank}", f"{self.rank_info.size} {socket.gethostname()} {os.getpid()}"
        found = self.store.compare_set(name, "", own).decode()
        if found != own:
            _, host, process = found.split()
            raise RankError(f"{name} is there already (process {process} on {host}); a rank was started twice, or another "
                            "run uses the same port: give each run a MASTER_PORT of its own")

    def all_cards(self):
        """Reads those that are new. Whether all are there."""
        for rank in range(self.rank_info.size):
            if rank in self.sizes or not self.store.check([f"rank {rank}"]):
                continue
            self.sizes[rank] = int(self.store.get(f"rank {rank}").split()[0])
            if self.sizes[rank] != self.rank_info.size:
                raise RankError(f"rank {rank} counts {self.sizes[rank]} ranks and rank {self.rank_info.rank} counts "
                                f"{self.rank_info.size}; start all processes of a run with one command, and give each run a "
                                "MASTER_PORT of its own")
        return len(self.sizes) == self.rank_info.size

    def others(self):
        """Who is waited for, and who is there."""
        missing = [rank for rank in range(self.rank_info.size) if rank not in self.sizes]
        return f"{ranges(missing)}; there: {ranges(sorted(self.sizes))}" if missing else "the verdict of rank 0"

    def give_verdict(self):
        try:
            self.wait.until(lambda: self.all_cards() or None, self.others)
        except RankError as refusal:
            self.store.set("verdict", str(refusal))
            self.let_others_read()
            raise
        self.store.set("verdict", ALL_HERE)

    def let_others_read(self):
        """The store goes with this process."""
        end = time.monotonic() + REFUSAL_IS_READ_WITHIN
        while self.store.add("read by", 0) < len(self.sizes) - 1 and time.monotonic() < end:
            time.sleep(LOOK_EVERY)

    def take_verdict(self):
        def look():
            self.all_cards()
            return self.store.get("verdict").decode() if self.store.check(["verdict"]) else None

        try:
            verdict = self.wait.until(look, self.others)
        finally:
            self.store.add("read by", 1)
        if verdict != ALL_HERE:
            raise RankError(verdict)


def meet(rank_info, address, port, seconds, environment, say):
    """Returns the store once all ranks of the run are there. Raises RankError with a sentence for the user."""
    wait = Wait(rank_info, f"{address}:{port}", seconds, say)
    try:
        store = open_store(rank_info, address, port, wait, environment)
        restart = environment.get("TORCHELASTIC_RESTART_COUNT", "0")
        store = PrefixStore(f"tvts/{restart}", store)
        Meeting(rank_info, store, wait).attend()
    except RuntimeError as error:  # of the store: its process is gone
        raise RankError(f"{rank_info} has lost rank 0 at {address}:{port}") from error
    return store
