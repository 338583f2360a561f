"""The course's tunnels on a stage, and what every scene does with them: they carry packets when these functions return."""
from stage import until

SERVER = "198.51.100.2:5000"
SITE_V4, SITE_V6, SITE_NAME = "203.0.113.80", "2001:db8:203::80", "www.site.example"
INSIDE = {"server": "10.0.0.1/24, fd00:10::1/64", "client": "10.0.0.2/24, fd00:10::2/64"}


def plain_tunnel(stage):
    stage.start("server", "05-udp-forward", "server")
    client = stage.start("client", "05-udp-forward", "client", "--server", SERVER)
    stage.need_answer("client", "10.0.0.1")
    return client


def preshared_tunnel(stage):
    key = stage.folder / "shared.key"
    key.touch(0o600)
    key.write_text(stage.on("client", "07-encrypt", "genkey").stdout)
    stage.start("server", "07-encrypt", "server", "--key", str(key))
    stage.start("client", "07-encrypt", "client", "--key", str(key), "--server", SERVER)
    stage.need_answer("client", "10.0.0.1")


def handshake_tunnel(stage, *options, before=lambda server, name: None):
    """What `before` says, which is called with the server and its public key before the client comes."""
    server_key, server_name = stage.key_pair("server", "08-handshake")
    client_key, client_name = stage.key_pair("client", "08-handshake")
    server = stage.start("server", "08-handshake", "server", "--key", str(server_key), "--peer", client_name, *options)
    said = before(server, server_name)
    stage.start("client", "08-handshake", "client", "--key", str(client_key), "--peer", server_name, "--server", SERVER)
    stage.need_answer("client", "10.0.0.1")
    return said


def everything_through(stage, *options):
    stage.start("server", "06-all-traffic", "server")
    client = stage.start("client", "06-all-traffic", "client", "--server", SERVER, *options)
    until("a visit by IPv4 comes from Farland", lambda: "Farland" in visitor(stage, SITE_V4))
    return client


def visitor(stage, site):
    return stage.on("client", "curl", "-sS", "-m", "2", f"http://{site}/whoami").stdout.strip()


def vpn_file(stage, host, keys, reach, *settings):
    """A file as one keeps it. keys: of both hosts; reach: what may go to the other one."""
    other = {"client": "server", "server": "client"}[host]
    own = {"server": "ListenPort = 5000", "client": ""}[host]
    peer = {"server": "", "client": f"Endpoint = {SERVER}"}[host]
    file = stage.folder / host / "myvpn.conf"
    file.parent.mkdir(exist_ok=True)
    file.touch(0o600)
    file.write_text("\n".join(["[Interface]", f"PrivateKey = {keys[host][0].read_text().strip()}", f"Address = {INSIDE[host]}", own, *settings,
                               "[Peer]", f"PublicKey = {keys[other][1]}", f"AllowedIPs = {reach}", peer, ""]))
    return file


def vpn(stage, reach, *settings):
    """The whole VPN. reach: what may go from the client to the server."""
    keys = {host: stage.key_pair(host, "culvert") for host in INSIDE}
    stage.start("server", "culvert", "server", str(vpn_file(stage, "server", keys, "10.0.0.2/32, fd00:10::2/128")))
    stage.start("client", "culvert", "client", str(vpn_file(stage, "client", keys, reach, *settings)))
    stage.need_answer("client", "10.0.0.1")


def record(stage, count, what):
    """Watches the path until `count` of the client's datagrams have passed that fit this filter."""
    path = stage.folder / "recording.pcap"
    watcher = stage.start("isp", "tundump", "-i", "to-client", "-c", str(count), "-w", str(path), f"udp dst port 5000 and {what}",
                          ready="listening on")
    return watcher, path


def recorded(recording):
    watcher, path = recording
    until("the recording is complete", lambda: watcher.process.poll() is not None)
    return str(path)
