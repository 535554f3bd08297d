"""Starting the service: a socket, limits, lists in memory, uvicorn until it is stopped.

Belongs here: what happens once. One process: the lists are in its memory, and one core answers some hundred messages a second.
"""

import datetime as dt
import gc
import os
import socket
import sys
from collections.abc import Callable

from pipelines.errors import InputError
from pipelines.serve.limits import Limits
from pipelines.settings import Home

_LOCAL = ("127.0.0.1", "::1", "localhost")


def run(home: Home, host: str, port: int, on: dt.date | None, list_policy: str, limits: Limits, say: Callable[[str], None]) -> int:
    """Serve until stopped. Returns the exit code. Raises InputError if the address cannot be had."""
    import uvicorn

    from pipelines.serve.app import build
    from pipelines.serve.connections import BoundedProtocol
    from pipelines.serve.desk import Desk
    from pipelines.serve.logs import careful_loop, set_up

    listening = _bound(host, port)
    desk = Desk(home, on, list_policy)
    _warm_up(desk)
    set_up()
    gc.collect()
    gc.freeze()  # rules and code stay as long as the service: no collection walks them while somebody waits
    sys.setswitchinterval(0.001)  # the event loop has its turn soon while a worker parses
    BoundedProtocol.limits = limits
    app = build(desk, limits)
    config = uvicorn.Config(
        app, http=BoundedProtocol, ws="none", loop="asyncio", lifespan="off", log_config=None, access_log=False, proxy_headers=False, server_header=False,  # type: ignore[arg-type]
        timeout_keep_alive=5, timeout_graceful_shutdown=3, h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
    shown = listening.getsockname()[1]
    say(f"http://{'[' + host + ']' if ':' in host else host}:{shown}/ answers; Ctrl+C ends it. OpenAPI: /openapi.json. Nothing of a message is stored or logged.")
    for warning in _warnings(desk, host):
        say(warning)

    class Server(uvicorn.Server):
        async def serve(self, sockets: list[socket.socket] | None = None) -> None:
            import asyncio

            asyncio.get_running_loop().set_exception_handler(careful_loop)
            await super().serve(sockets)

    try:
        Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
    return 0


def _warnings(desk, host: str) -> list[str]:  # type: ignore[no-untyped-def]
    standing_in = sorted({r["terminology"] for r in desk.judge.releases if r.get("synthetic") or r.get("partial")})
    said = []
    if standing_in:
        said.append(f"Beware: stand-in lists are in force for {', '.join(standing_in)}; add the official ones with: sepas-dq terminology add")
    if host not in _LOCAL:
        said.append(f"Beware: {host} is open to the network, without encryption or passwords. Patients' messages belong on this machine or behind a gateway with TLS.")
    return said


def _bound(host: str, port: int) -> socket.socket:
    """A socket on the address."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        # by name TCP: else asyncio leaves Nagle's algorithm on, and an answer waits 40 ms for the acknowledgement of its headers
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", 0), 1)
        listening.bind(address)
    except OSError as error:
        raise InputError(f"--host {host} --port {port}: cannot be listened on ({error.strerror or error}). Choose another with --port, for example --port {port + 1}.") from error
    listening.listen(1024)
    return listening


def _warm_up(desk) -> None:  # type: ignore[no-untyped-def]
    """One message through everything, so that the first caller does not wait for imports and plans."""
    from pipelines.serve.desk import Asking

    item = {"Value": "Cholera", "Terminology_id": "ICD10", "Coded_string": "A00"}
    desk.answered({"Composition": {"BillServices": [{"Service": item}], "Diagnosis": [{"Diagnosis": item}]}, "MsgID": {}}, Asking(shape="both"))
