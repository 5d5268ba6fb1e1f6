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

_running: dict[str, "subprocess.Popen[str]"] = {}
"""By the access key that the function was given."""


def is_own(code: str) -> bool:
    return code.startswith(OWN)


def run(code: str, handler: str, event: dict[str, Any], environment: dict[str, str], timeout: int) -> str:
    """Runs a handler and returns its log."""
    pool = _idle.get(code) or _start(code, handler, environment)
    process = pool.get()
    key = environment["AWS_ACCESS_KEY_ID"]
    _running[key] = process
    try:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps({"event": event, "environment": environment, "timeout": timeout}) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if answer:
            return str(json.loads(answer)["log"])
        process = _process(code, handler, environment)
        return "The function's process ended"
    finally:
        del _running[key]
        pool.put(process)


def end(access_key: str) -> None:
    """Ends the function that was given this key, in the middle of what it does."""
    _running[access_key].kill()


def _start(code: str, handler: str, environment: dict[str, str]) -> "queue.Queue[subprocess.Popen[str]]":
    pool: "queue.Queue[subprocess.Popen[str]]" = queue.Queue()
    for _ in range(PROCESSES):
        pool.put(_process(code, handler, environment))
    _idle[code] = pool
    return pool


def _process(code: str, handler: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    directory = Path(tempfile.mkdtemp(prefix="emulator-warm-"))
    (directory / "index.js").write_text(code)
    command = ["node", str(RUNNER), str(directory), handler]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def stop() -> None:
    for pool in _idle.values():
        while not pool.empty():
            pool.get().kill()


atexit.register(stop)
