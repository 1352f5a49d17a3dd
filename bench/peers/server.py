"""tvts as a contender: build/bench/bench_serve, which loads a model and times itself when it is asked to."""

import contextlib
import select
import subprocess

from measure import ROOT, Contender, say

PROGRAM = ROOT / "build" / "bench" / "bench_serve"
PATIENCE_SECONDS = 300


class Server:
    """One process with one model in one precision; raises RuntimeError when it does not answer as agreed."""

    def __init__(self, model_path, precision, threads):
        if not PROGRAM.exists():
            raise RuntimeError("build/bench/bench_serve is missing")
        self.process = subprocess.Popen([PROGRAM, model_path, precision, str(threads)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        try:
            answer = self.line()
            if answer != "ready":
                raise RuntimeError(f'bench_serve answered "{answer}"; expected "ready"')
        except BaseException:
            self.close()
            raise

    def line(self):
        """The next line of its output. There is one answer a question, so nothing is left over between calls."""
        if not select.select([self.process.stdout], [], [], PATIENCE_SECONDS)[0]:
            raise RuntimeError(f"bench_serve has been silent for {PATIENCE_SECONDS} s")
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("bench_serve ended early")
        return answer.strip()

    def ask(self, question):
        try:
            print(question, file=self.process.stdin, flush=True)
        except OSError as problem:
            raise RuntimeError("bench_serve has ended") from problem
        return self.line()

    def milliseconds(self, question):
        answer = self.ask(question)
        try:
            return float(answer)
        except ValueError:
            raise RuntimeError(f'bench_serve answered "{answer}" to "{question}"; expected milliseconds') from None

    def embed(self, path):
        """The file with the embeddings of the clips in a .npy file."""
        answer = self.ask(f"embed {path}")
        if answer != f"{path}.out.npy":
            raise RuntimeError(f'bench_serve answered "{answer}" to embed; expected {path}.out.npy')
        return answer

    def close(self):
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def tvts_contenders(model_path, precisions, threads, stack, prepare):
    """tvts in each precision; `prepare(server)` gives what one round runs, and the cosine or None.

    The servers end with `stack`. A precision that cannot be served is named and left out.
    """
    made = []
    for precision in precisions:
        try:
            server = Server(model_path, precision, threads)
            stack.callback(server.close)
            run, cosine = prepare(server)
            run()
        except (OSError, RuntimeError) as problem:
            say(f"tvts {precision} is left out: {problem}")
            continue
        made.append(Contender("tvts", precision, run, cosine, ours=True))
    return made
