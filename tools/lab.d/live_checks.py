"""What a learner's functions must do with real packets, each as a scene in the lab.

A scene gets a stage on which the chapter's programs have the learner's functions in them, and bytes that have to cross; it
answers with the bytes that came out at the other end. Whoever else takes part is stock: the kernel, nginx, curl, wireguard-go.
"""
import dataclasses
import typing

import exercises
from scenes import SERVER, SITE_V4, everything_through, plain_tunnel, visitor, vpn_file
from stage import NotSeen, until

PINGER, DOWNLOADER = exercises.ROOMS / "live_ping", exercises.ROOMS / "live_download"


def ping_each(stage, address, data):
    """Echo requests of ever other lengths carry the bytes there; what comes back is what the answers carried."""
    there, back = stage.folder / "there", stage.folder / "back"
    there.write_bytes(data)
    done = stage.on("client", PINGER, address, str(there), str(back))
    if done.returncode != 0:
        raise NotSeen(done.stdout + done.stderr)
    return back.read_bytes()


def send(stage, sender, receiver, address, data):
    """Through one TCP connection."""
    there, back = stage.folder / "there", stage.folder / "back"
    there.write_bytes(data)
    listener = stage.start(receiver, "sh", "-c", 'exec nc -l "$0" 7777 >"$1"', address, str(back), ready=None)
    until(f"somebody listens at {address}", lambda: stage.on(receiver, "ss", "-ltnH", f"src {address}:7777").stdout)
    stage.on(sender, "sh", "-c", 'exec nc -w 20 -N "$0" 7777 <"$1"', address, str(there))
    until(f"{len(data)} bytes have arrived at {address}", lambda: listener.process.poll() is not None)
    return back.read_bytes()


def put_on_site(stage, name, data):
    file = stage.folder / name
    file.write_bytes(data)
    stage.on("site", "cp", str(file), f"/run/culvert-lab/{stage.name}/site/{name}")


def halves(data):
    return data[: len(data) // 2], data[len(data) // 2:]


# ------------------------------------------------------------------------------------------------------------------------


def answers_ping(stage, data):
    """The learner's sum is in tundump, too, and has to find that nobody's checksum is wrong."""
    stage.start("client", "03-ping-reply")
    stage.need_answer("client", "10.0.0.9")
    eye = stage.start("client", "tundump", "-i", "myvpn", "-l", "-t", "-v", "icmp", ready="listening on")
    got = ping_each(stage, "10.0.0.9", data)
    stage.need_answer("client", "10.0.0.9", size=1234)
    eye.until_says("echo reply.* length 1242")
    if wrong := eye.said("^.*(bad|wrong|incorrect).*$"):
        raise NotSeen(f"your sum finds a checksum wrong that the kernel finds right:\n      {wrong[0].strip()}")
    return got


def carries_two_downloads(stage, data):
    """From one source port to one destination, the second while the first is held."""
    stage.start("client", "04-rewrite")
    go, files = stage.folder / "go", [stage.folder / f"got-{number}" for number in (1, 2)]
    programs = []
    for number, half in enumerate(halves(data), 1):
        put_on_site(stage, f"{number}.bin", half)
        programs.append(stage.start("client", DOWNLOADER, f"10.0.0.{number}", SITE_V4, f"{number}.bin", str(files[number - 1]), str(go),
                                    ready="^begun"))
    go.touch()
    for program in programs:
        until("both downloads end", lambda: program.process.poll() is not None)
        if program.process.returncode != 0:
            raise NotSeen(program.text().strip())
    return b"".join(file.read_bytes() for file in files)


def crosses_in_clear(stage, data):
    plain_tunnel(stage)
    return send(stage, "client", "server", "10.0.0.1", data)


def opens_the_page(stage, data):
    everything_through(stage, "--dns", "10.0.0.1", "--kill-switch")
    put_on_site(stage, "1.bin", data)
    file = stage.folder / "got"
    stage.on("client", "curl", "-sS", "-m", "20", "-o", str(file), f"http://{SITE_V4}/1.bin")
    if "Farland" not in visitor(stage, SITE_V4):
        raise NotSeen("the site does not see a visitor from Farland any more")
    return file.read_bytes()


def meets_wireguard(stage, data):
    """culvert is the client, wireguard-go the server."""
    keys = {host: stage.key_pair(host, "culvert") for host in ("server", "client")}
    theirs = stage.start("server", "wireguard-go", "-f", "myvpn", ready=None)
    until("wireguard-go has made its device", lambda: stage.succeeds("server", "wg", "show", "myvpn") or theirs.process.poll() is not None)
    settings = vpn_file(stage, "server", keys, "10.0.0.2/32").read_text()
    stage.on("server", "wg", "setconf", "myvpn", "/dev/stdin",
             input="".join(line for line in settings.splitlines(True) if not line.startswith("Address")))
    stage.on("server", "ip", "addr", "add", "10.0.0.1/24", "dev", "myvpn")
    stage.on("server", "ip", "link", "set", "myvpn", "mtu", "1420", "up")
    stage.start("client", "culvert", "client", str(vpn_file(stage, "client", keys, "10.0.0.1/32")))
    stage.need_answer("client", "10.0.0.1")
    there, back = halves(data)
    return send(stage, "client", "server", "10.0.0.1", there) + send(stage, "server", "client", "10.0.0.2", back)


def speaks_ethernet(stage, data):
    first, second = halves(data)
    stage.start("client", "11-tap", "answer")
    stage.need_answer("client", "10.11.0.7")
    got = ping_each(stage, "10.11.0.7", first)
    stage.clear()
    stage.start("server", "11-tap", "server")
    for host, address in (("client", "10.11.0.2/24"), ("site", "10.11.0.3/24")):
        stage.start(host, "11-tap", "client", "--server", SERVER, "--address", address)
        stage.need_answer(host, "10.11.0.1")
    return got + send(stage, "client", "site", "10.11.0.3", second)


@dataclasses.dataclass(frozen=True)
class Check:
    """What is claimed of a chapter's exercises, the programs that they are in, and how many bytes have to cross."""

    chapter: str
    claim: str
    programs: tuple
    size: int
    scene: typing.Callable
    tools: tuple = ()

    @property
    def exercises(self):
        return exercises.chosen(self.chapter)


WIREGUARD = ("wireguard-go", "wg")
CHECKS = [
    Check("03", "your ping reply answers the kernel's ping", ("03-ping-reply", "tundump"), 4_000, answers_ping),
    Check("04", "your NAT carries two downloads from one port", ("04-rewrite",), 1 << 20, carries_two_downloads),
    Check("05", "your tunnel carries a file in clear", ("05-udp-forward",), 1 << 18, crosses_in_clear),
    Check("06", "your routes open the closed page", ("06-all-traffic",), 1 << 18, opens_the_page),
    Check("07", "your seal and your window satisfy wireguard-go", ("culvert",), 1 << 18, meets_wireguard, WIREGUARD),
    Check("08", "your handshake completes with wireguard-go", ("culvert",), 1 << 16, meets_wireguard, WIREGUARD),
    Check("09", "your VPN knows its stock peer by key and address", ("culvert",), 1 << 16, meets_wireguard, WIREGUARD),
    Check("10", "your cut packets arrive whole at wireguard-go", ("culvert",), 1 << 20, meets_wireguard, WIREGUARD),
    Check("11", "your station is found, and your switch finds others", ("11-tap",), 8_000, speaks_ethernet),
]
