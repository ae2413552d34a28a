"""A bounded load on a server of this machine: so many requests, so many at a time."""

import http.client
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.results import percentile

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Load:
    """How a run went: seconds of each request at the client and in the server, and the whole."""

    client: list[float]
    server: list[float]
    seconds: float

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return len(self.client) / self.seconds

    def milliseconds(self, share: float) -> float:
        """A percentile of the server's own time, in milliseconds."""
        return 1000 * percentile(self.server or self.client, share)


def run(
    port: int,
    paths: Sequence[str],
    *,
    requests: int,
    at_once: int = 8,
    headers: Mapping[str, str] | None = None,
) -> Load:
    """Ask for the paths in turn until `requests` are answered; anything but 200 is a fault."""
    client: list[float] = []
    server: list[float] = []
    turn = iter(range(requests))
    lock = threading.Lock()
    faults: list[str] = []

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while not faults:
            with lock:
                number = next(turn, None)
            if number is None:
                break
            path = paths[number % len(paths)]
            began = time.perf_counter()
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            answer.read()
            spent = time.perf_counter() - began
            if answer.status != 200:
                faults.append(f"{path} answered {answer.status}")
                break
            with lock:
                client.append(spent)
                if timing := answer.getheader("Server-Timing"):
                    server.append(float(timing.rpartition("dur=")[2]) / 1000)
        connection.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=ask) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(faults[0])
    return Load(client, server, time.perf_counter() - began)
