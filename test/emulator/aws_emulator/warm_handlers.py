"""Keeps processes for the library's own handlers, which start in half a second and answer in a few milliseconds: an organization has hundreds of custom resources with the same code."""

import atexit
import json
import queue
import subprocess
import tempfile
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).parent / "warm_handlers.js"
OWN = "// Generated from src/"
"""How our bundles begin. They make their clients in each call, so that one process serves all accounts; handlers of others may not."""

PROCESSES = 2
"""At one time, for the same code."""

_idle: dict[str, "queue.Queue[subprocess.Popen[str]]"] = {}


def is_own(code: str) -> bool:
    return code.startswith(OWN)


def run(code: str, handler: str, event: dict[str, Any], environment: dict[str, str], timeout: int) -> str:
    """Runs a handler and returns its log."""
    pool = _idle.get(code) or _start(code, handler, environment)
    process = pool.get()
    try:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps({"event": event, "environment": environment, "timeout": timeout}) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        return str(json.loads(answer)["log"]) if answer else "The function's process ended"
    finally:
        pool.put(process)


def _start(code: str, handler: str, environment: dict[str, str]) -> "queue.Queue[subprocess.Popen[str]]":
    directory = Path(tempfile.mkdtemp(prefix="emulator-warm-"))
    (directory / "index.js").write_text(code)
    pool: "queue.Queue[subprocess.Popen[str]]" = queue.Queue()
    for _ in range(PROCESSES):
        pool.put(subprocess.Popen(["node", str(RUNNER), str(directory), handler], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True))
    _idle[code] = pool
    return pool


def stop() -> None:
    for pool in _idle.values():
        while not pool.empty():
            pool.get().kill()


atexit.register(stop)
