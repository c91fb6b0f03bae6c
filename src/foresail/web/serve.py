"""Starts and stops the site: one process that holds the warehouse, answers pages and commands.

Granian runs embedded, in this very process, because no second one may open the warehouse. Django
gives every request a thread of its own, so a slow question holds nobody up.
"""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from foresail.core.errors import ProjectError

if TYPE_CHECKING:
    from foresail.project import Project
    from foresail.project.sharing import Answering

STOPPING = (signal.SIGINT, signal.SIGTERM)
NO_NAME = (
    "{host} is reachable from other machines. Say under which names the pages may be reached: "
    "foresail serve --host {host} --allow sales.example.org, or hosts in [web] of foresail.toml. "
    "Put a proxy that speaks https in front: passwords pass here."
)


def run(
    project_directory: Path,
    host: str,
    port: int,
    *,
    allowed: Sequence[str] = (),
    open_browser: bool = False,
    warm: bool = False,
    ready: Callable[[str], None] | None = None,
    commands: Answering | None = None,
) -> None:
    """Serve a project's pages until the process is asked to stop; port 0 takes any free one.

    It answers under the names of this machine, those allowed here, and those of the project's
    settings. `ready` is called with the site's address once it answers; with `warm` it then opens
    its pages ahead of people, in the background. `commands` runs what other processes hand over.

    Errors: `ProjectError` when the address cannot be used or the project cannot be opened.
    """
    from foresail.project.sharing import share
    from foresail.web.current import follow, hold, owned
    from foresail.web.reach import HOSTS, reach

    web = reach(project_directory)
    names = (*allowed, *web.hosts)
    is_local = _is_local(host)
    if not is_local and not names:
        raise ProjectError(NO_NAME.format(host=host))
    port = _free_port(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    if not is_local:
        address = f"https://{names[0]}/" if web.https else f"http://{names[0]}:{port}/"
    os.environ["FORESAIL_PROJECT"] = str(project_directory)
    os.environ[HOSTS] = ",".join(allowed)

    def announce() -> None:
        if ready:
            ready(entry)
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(entry,), daemon=True).start()

    project = owned(project_directory)
    try:
        prepare_site(project_directory, project)
        from foresail.web.warming import warming

        entry = _entry(address, project)
        with share(project, address, commands) as sharing:
            hold(project)
            follow(sharing.answer_for)
            with warming(project) if warm else nullcontext():
                asyncio.run(_serve(host, port, announce))
            # Granian's threads end with the server object; one that is left aborts Python's exit.
            gc.collect()
    finally:
        hold(None)
        project.close()


def prepare_site(directory: Path, project: Project) -> None:
    """Set Django up for a project, with its people and what became of its settings."""
    import django

    from foresail.web.databases import prepare

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foresail.web.settings")
    django.setup()
    from foresail.web.people.settings_log import note_changes

    prepare(directory)
    note_changes(project.settings)


def _entry(address: str, project: Project) -> str:
    """Where to begin: while nobody can come in, the address at which the first admin is made."""
    from foresail.web.people.first import first_address

    return address if project.settings.demo else first_address(address)


async def _serve(host: str, port: int, announce: Callable[[], None]) -> None:
    from granian.constants import Interfaces
    from granian.server.embed import Server

    from foresail.web.asgi import REQUESTS_AT_ONCE, application
    from foresail.web.live.news import NEWS, STREAMS_AT_ONCE

    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        backpressure=REQUESTS_AT_ONCE + STREAMS_AT_ONCE,
        websockets=False,
        log_enabled=False,
    )

    stop_serving: Callable[[], None] = server.stop

    def stop() -> None:
        NEWS.end()
        stop_serving()

    _stop_on_signals(stop)
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(_until_it_answers(host, port))
    await asyncio.wait((serving, waiting), return_when=asyncio.FIRST_COMPLETED)
    if waiting.done():
        announce()
    else:
        waiting.cancel()
    await serving


def _stop_on_signals(stop: Callable[[], None]) -> None:
    """Let the first Ctrl-C finish what runs, and then end; the second one ends at once."""
    loop = asyncio.get_running_loop()

    def stop_once() -> None:
        for each in STOPPING:
            signal.signal(each, signal.SIG_DFL)
        stop()

    for each in STOPPING:
        signal.signal(each, lambda *_: loop.call_soon_threadsafe(stop_once))


async def _until_it_answers(host: str, port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            await writer.wait_closed()
            return


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _free_port(host: str, port: int) -> int:
    """The port, or a free one for 0.

    Errors: `ProjectError` when another program listens there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise ProjectError(
                f"Port {port} of {host} cannot be used: {error}. "
                f"Choose another: foresail serve --port {port + 1}"
            ) from error
        return int(probe.getsockname()[1])
