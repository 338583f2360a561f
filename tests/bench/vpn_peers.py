"""The VPNs that tests/bench/vpn compares: how each is started between two network namespaces, and stopped.

    a 192.0.2.2/24, inside 10.0.0.2  ---- one veth ----  192.0.2.1/24 b, inside 10.0.0.1

Each Peer is a context manager; inside, `address` is where b is reached through the tunnel, and `processes` do the work.
"""
import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

WAIT_SECONDS = 15


def run(*words, **options):
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=60, **options).stdout


def wait_for(what, condition):
    end = time.monotonic() + WAIT_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {WAIT_SECONDS} seconds")
        time.sleep(0.02)


class Link:
    """Two namespaces and the cable between them. `offloads`: what its two ends may leave to each other."""

    UNCUT = ("tso", "gso", "tx-udp-segmentation")

    def __init__(self, offloads):
        self.offloads = offloads
        self.a, self.b = f"bench-{os.getpid()}-a", f"bench-{os.getpid()}-b"

    def __enter__(self):
        for name in (self.a, self.b):
            run("ip", "netns", "add", name)
            self.on(name, "ip", "link", "set", "lo", "up")
            self.on(name, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv4.ip_forward=0")
        run("ip", "link", "add", "eth0", "netns", self.a, "mtu", "1500", "type", "veth",
            "peer", "name", "eth0", "netns", self.b)
        for name, address in ((self.a, "192.0.2.2/24"), (self.b, "192.0.2.1/24")):
            self.on(name, "ip", "addr", "add", address, "dev", "eth0")
            self.on(name, "ip", "link", "set", "eth0", "up")
            if self.offloads != "default":
                for feature in self.UNCUT:
                    self.on(name, "ethtool", "-K", "eth0", feature, "off")
                self.on(name, "ethtool", "-K", "eth0", "gro", "on" if self.offloads == "gro" else "off")
        return self

    def __exit__(self, *_):
        for name in (self.a, self.b):
            subprocess.run(["ip", "netns", "del", name], check=False)

    def on(self, name, *words):
        return run("ip", "netns", "exec", name, *words)

    def start(self, name, *words, **options):
        return subprocess.Popen(["ip", "netns", "exec", name, *map(str, words)], stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, **options)


def ticks_of(pid):
    """Of a process and its children."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(fields[11]) + int(fields[12]) + sum(ticks_of(child) for child in children)


class Peer:
    address = "10.0.0.1"

    def __init__(self, link, folder):
        self.link, self.folder, self.processes = link, pathlib.Path(folder), []

    def __enter__(self):
        try:
            self.open()
            wait_for(f"{self.name}: an answer from the other end", self.answers)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.send_signal(signal.SIGINT)
        self.output = []
        for process in self.processes:
            try:
                self.output.append(process.communicate(timeout=10)[0])
            except subprocess.TimeoutExpired:
                process.kill()
                self.output.append(process.communicate()[0])
        self.processes = []

    def answers(self):
        ping = ["ip", "netns", "exec", self.link.a, "ping", "-c", "1", "-W", "1", self.address]
        return subprocess.run(ping, capture_output=True, check=False).returncode == 0

    def cpu_seconds(self):
        """So far, of all processes and threads, in user space and in the kernel."""
        ticks = sum(ticks_of(process.pid) for process in self.processes)
        return ticks / os.sysconf("SC_CLK_TCK")


class Raw(Peer):
    """No VPN at all: what the two cores and the cable give."""
    name = "raw veth"
    address = "192.0.2.1"

    def open(self):
        pass


class Plain(Peer):
    """Chapter 05: a tunnel in clear."""

    def __init__(self, link, folder, mode, program):
        super().__init__(link, folder)
        self.name, self.mode, self.program = f"in clear, {mode}", mode, program

    def open(self):
        self.processes = [
            self.link.start(self.link.b, self.program, "server", "--io", self.mode),
            self.link.start(self.link.a, self.program, "client", "--server", "192.0.2.1:5000", "--io", self.mode)]


class WireguardGo(Peer):
    """The distribution's user-space WireGuard."""
    name = "wireguard-go"

    def command(self):
        return ["wireguard-go", "-f"]

    def open(self):
        device = {self.link.a: f"wga{os.getpid()}", self.link.b: f"wgb{os.getpid()}"}
        keys = {}
        for host in device:
            keys[host] = run("wg", "genkey").strip()
        for host, inner, peer_inner, peer_at in ((self.link.a, "10.0.0.2", "10.0.0.1", "192.0.2.1:5000"),
                                                 (self.link.b, "10.0.0.1", "10.0.0.2", "192.0.2.2:5000")):
            name = device[host]
            self.processes.append(self.link.start(host, *self.command(), name))
            socket = pathlib.Path(f"/var/run/wireguard/{name}.sock")
            wait_for(f"{self.name}: {socket}", socket.exists)
            other = self.link.b if host == self.link.a else self.link.a
            public = run("wg", "pubkey", input=keys[other]).strip()
            file = self.folder / name
            file.write_text(keys[host])
            self.link.on(host, "wg", "set", name, "private-key", str(file), "listen-port", "5000",
                         "peer", public, "allowed-ips", peer_inner + "/32", "endpoint", peer_at)
            self.link.on(host, "ip", "addr", "add", inner + "/24", "dev", name)
            self.link.on(host, "ip", "link", "set", name, "mtu", "1420", "up")


class Culvert(WireguardGo):
    """The full VPN of chapter 09, set up by the same commands as wireguard-go."""

    def __init__(self, link, folder, program, mode, workers=1):
        super().__init__(link, folder)
        self.name, self.program, self.mode, self.workers = f"culvert, {mode}", program, mode, workers

    def command(self):
        return [self.program, "-f", "--io", self.mode, *(["--workers", self.workers] if self.workers > 1 else [])]


class OpenVpn(Peer):
    """AES-256-GCM, certificates by fingerprint, in user space (no DCO)."""
    name = "OpenVPN"

    def certificate(self, side):
        key, certificate = self.folder / f"{side}.key", self.folder / f"{side}.crt"
        if not key.exists():
            run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", key, "-out", certificate, "-subj", f"/CN={side}", "-days", "2")
        text = run("openssl", "x509", "-in", certificate, "-noout", "-fingerprint", "-sha256")
        return key, certificate, text.strip().split("=")[1]

    def open(self):
        sides = {side: self.certificate(side) for side in ("a", "b")}
        for side, host, inner in (("b", self.link.b, ("10.0.0.1", "10.0.0.2")),
                                  ("a", self.link.a, ("10.0.0.2", "10.0.0.1"))):
            key, certificate, _ = sides[side]
            role = ["--tls-client", "--remote", "192.0.2.1", "5000", "--nobind"] if side == "a" else \
                ["--tls-server", "--dh", "none", "--port", "5000", "--local", "192.0.2.1"]
            self.processes.append(self.link.start(
                host, "openvpn", "--dev", f"ov{side}{os.getpid()}", "--dev-type", "tun", "--proto", "udp",
                "--ifconfig", *inner, "--key", key, "--cert", certificate,
                "--peer-fingerprint", sides["b" if side == "a" else "a"][2],
                "--data-ciphers", "AES-256-GCM", "--cipher", "AES-256-GCM", "--disable-dco", "--tun-mtu", "1420",
                "--fast-io", "--verb", "1", *role))


@contextlib.contextmanager
def scratch():
    with tempfile.TemporaryDirectory() as folder:
        yield folder


def missing(command):
    return shutil.which(command) is None
