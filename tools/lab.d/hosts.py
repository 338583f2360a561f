"""The hosts of the lab for Python: who stands where, and how to run a command there."""

import dataclasses
import functools
import json
import os
import pathlib
import re
import subprocess

ROOMS = pathlib.Path(__file__).resolve().parent
LAB = os.environ.get("CULVERT_LAB") or "culvert"
ELSEWHERE = os.environ.get("LAB") == "vagrant"  # the hosts stand on other machines


@dataclasses.dataclass
class Seen:
    """One command that ran on a host, and what it printed."""

    host: str
    command: str
    text: str
    status: int


def read_topology():
    """topology.sh is the lab's one truth, for Python too."""
    script = f"set -a; . {ROOMS}/topology.sh; env -0"
    output = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout
    return dict(line.split("=", 1) for line in output.split("\0") if "=" in line)


TOPOLOGY = read_topology()
HOSTS = TOPOLOGY["hosts"].split()
NEIGHBOURS = TOPOLOGY["neighbours"].split()
TUNNEL = TOPOLOGY["tunnel_device"]
FAMILIES = {"v4": "-4", "v6": "-6"}


def address(name):
    return TOPOLOGY[name].split("/")[0]


def gateway(host, family):
    return TOPOLOGY[f"{host}_gateway_{family}"]


def run(way, host, command):
    done = subprocess.run([*way, *command.split()], capture_output=True, text=True, timeout=30, check=False)
    return Seen(host, command, (done.stdout + done.stderr).strip(), done.returncode)


def on(host, command):
    """The host's own network and names; the quick way for what needs no more."""
    if ELSEWHERE:
        return run([ROOMS / "vagrant", "exec", host, "--"], host, command)
    return run(["ip", "netns", "exec", f"{LAB}-{host}"], host, command)


def inside(host, command):
    """As a learner's command runs there: with our programs in its PATH, and the host's own control sockets."""
    return run([ROOMS / ("vagrant" if ELSEWHERE else "exec"), *(["exec"] if ELSEWHERE else []), host, "--"], host, command)


def processes(host):
    """What runs on a host: number, state (T is stopped) and name."""
    pids = on(host, f"ip netns pids {LAB}-{host}").text.split()
    return on(host, f"ps -o pid,stat,comm -p {','.join(pids or ['0'])}")


def interfaces():
    """Every end of every cable: its host, its name, and the topology's name for its address."""
    for host in NEIGHBOURS:
        yield host, "eth0", host
        yield "isp", f"to-{host}", f"{host}_gateway"
    for host in tunnel_ends():
        yield host, TUNNEL, f"tunnel_{host}"


@functools.cache  # a walk asks it often, and takes seconds only
def tunnel_ends():
    return [host for host in ("client", "server") if on(host, f"ip link show {TUNNEL}").status == 0]


def whole_tunnel():
    return len(tunnel_ends()) == 2


def sealed(host):
    """What a WireGuard says of its own end of the tunnel; None where the tunnel is a plain one, or none at all."""
    seen = inside(host, f"culvert show --json {TUNNEL}")
    return next(iter(json.loads(seen.text)), None) if seen.status == 0 else None


def mark():
    """How the tunnel's own datagrams are told from those that are to go in: by a route of their own, or by this mark."""
    end = sealed("client") if "client" in tunnel_ends() else None
    return f" mark {end['fwmark']}" if end and end["fwmark"] else ""


@functools.cache
def traffic_takes_tunnel():
    return f"dev {TUNNEL}" in on("client", f"ip route get {address('site_v4')}").text


def device_to(host, target):
    return re.search(r"dev (\S+)", on(host, f"ip route get {address(target)}").text)[1]


def mtu_of(host, device):
    return int(re.search(r"mtu (\d+)", on(host, f"ip link show {device}").text)[1])
