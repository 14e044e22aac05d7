"""How the page's server answers eight clients at once: times, errors and memory.

    python Benchmarks/serve_load.py [SECONDS [CLIENTS]]     # after `make build`; 60 seconds and 8 clients unless told

Starts `fieldmark serve` on a free port with the built-in model and asks /api/maps for the first built-in
picture, each client over a connection of its own and with phrases and strengths in turns, as a hand on the
slider and one at the keyboard do. Prints the median and the 99th percentile, what failed, and the memory
that the server uses before, after a tenth of the time, and at the end. Ends with a failure if any request
failed, or if the memory grew by more than 16 MB and 10 % after the first tenth. Needs Python alone.
"""

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parent.parent
PROGRAM = PACKAGE / ".build" / "release" / "fieldmark"
PHRASES = ["red epaulets", "black bill", "white wingbars", "yellow eyering", "spotted breast"]
STRENGTHS = [-1, 0, 0.3, 0.6, 1, 2]


def ask(connection, method, path, body=None):
    """The status, and the JSON of the answer."""
    headers = {"Content-Type": "application/json"} if body is not None else {}
    text = json.dumps(body) if body is not None else None
    connection.request(method, path, text, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def megabytes(process):
    """The memory that a process has in use now."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("the server has ended")


def client(number, host, port, picture, end, times, failures):
    connection = http.client.HTTPConnection(host, port, timeout=60)
    turn = number
    while time.perf_counter() < end:
        question = {
            "picture": picture, "concepts": [PHRASES[turn % len(PHRASES)]], "against": ["bird"],
            "strength": STRENGTHS[turn % len(STRENGTHS)]}
        turn += 1
        start = time.perf_counter()
        try:
            status, answer = ask(connection, "POST", "/api/maps", question)
            if status != 200:
                failures.append(f"{status}: {answer.get('error')}")
            elif len(answer["maps"][0]["values"]) != answer["maps"][0]["rows"] * answer["maps"][0]["columns"]:
                failures.append("a map has another number of values than places")
        except (OSError, ValueError, KeyError, http.client.HTTPException) as error:
            failures.append(repr(error))
            connection.close()
        times.append(time.perf_counter() - start)


def percentile(times, share):
    return times[min(len(times) - 1, int(share * len(times)))] * 1000


def main(seconds, clients):
    server = subprocess.Popen(
        [PROGRAM, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        address = urlsplit(server.stdout.readline().strip())
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        _, listing = ask(connection, "GET", "/api/pictures")
        if not listing.get("pictures"):
            raise SystemExit(f"the server has no picture: {listing}")
        picture = listing["pictures"][0]["id"]
        before = megabytes(server)
        times, failures = [], []
        end = time.perf_counter() + seconds
        threads = [
            threading.Thread(
                target=client,
                args=(number, address.hostname, address.port, picture, end, times, failures))
            for number in range(clients)]
        for thread in threads:
            thread.start()
        time.sleep(seconds / 10)
        warm = megabytes(server)
        for thread in threads:
            thread.join()
        after = megabytes(server)
        times.sort()
        print(f"{clients} clients for {seconds:g} s: {len(times)} answers, {len(times) / seconds:.0f} a second")
        print(
            f"  median {percentile(times, 0.5):.1f} ms, 99th percentile {percentile(times, 0.99):.1f} ms, "
            f"slowest {times[-1] * 1000:.1f} ms")
        print(f"  {len(failures)} failed" + "".join(f"\n    {text}" for text in sorted(set(failures))[:5]))
        print(f"  memory {before:.1f} MB before, {warm:.1f} MB after a tenth, {after:.1f} MB at the end")
        if failures or after > warm + max(16, 0.1 * warm):
            raise SystemExit("something failed, or the memory grew")
    finally:
        server.send_signal(signal.SIGINT)
        status = server.wait(20)
    if status != 130:
        raise SystemExit(f"the server ended with the status {status}")


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 60, int(sys.argv[2]) if len(sys.argv) > 2 else 8)
