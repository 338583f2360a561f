"""A packet's way past four places, written as capture files whose truth is known: client, wire, server, egress."""
import struct

from support import check, checksum, run

CLIENT, SERVER, SITE, ISP = "10.0.0.2", "198.51.100.2", "203.0.113.80", "192.0.2.1"


def address(text):
    return bytes(map(int, text.split(".")))


def ip(source, destination, protocol, payload, number=1, ttl=64):
    header = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), number, 0x4000, ttl, protocol, 0) + address(source) + address(destination)
    return header[:10] + struct.pack(">H", checksum(header)) + header[12:] + payload


def echo(kind, sequence, size=8):
    message = struct.pack(">BBHHH", kind, 0, 0, 7, sequence) + b"x" * size
    return message[:2] + struct.pack(">H", checksum(message)) + message[4:]


def in_tunnel(packet, number=99):
    udp = struct.pack(">HHHH", 40000, 5000, 12 + len(packet), 0) + b"\5\0\0\0" + packet
    return ip("192.0.2.2", SERVER, 17, udp, number)


def cut(packet, size):
    """The IPv4 packet as a router sends it on when only `size` bytes of data fit: in fragments."""
    header, data = packet[:20], packet[20:]
    pieces = []
    for at in range(0, len(data), size):
        more = 0x2000 if at + size < len(data) else 0
        piece = header[:2] + struct.pack(">H", 20 + len(data[at:at + size])) + header[4:6] + struct.pack(">H", more | at // 8) + header[8:10] + b"\0\0" + header[12:]
        pieces.append(piece[:10] + struct.pack(">H", checksum(piece)) + piece[12:] + data[at:at + size])
    return pieces


def capture(path, packets):
    """`packets`: pairs of microseconds and bytes."""
    data = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 101)
    for microseconds, packet in packets:
        data += struct.pack("<IIII", 0, microseconds, len(packet), len(packet)) + packet
    path.write_bytes(data)


class Places:
    names = ("client", "wire", "server", "egress")

    def __init__(self, folder):
        self.folder = folder
        self.seen = {name: [] for name in self.names}

    def add(self, microseconds, **where):
        for name, packet in where.items():
            self.seen[name].append((microseconds + 100 * self.names.index(name), packet))

    def outward(self, microseconds, number, size=8, ttl=64, last="egress", kind=8):
        inner = ip(CLIENT, SITE, 1, echo(kind, number, size), number, ttl)
        forms = {"client": inner, "wire": in_tunnel(inner), "server": inner,
                 "egress": ip(SERVER, SITE, 1, echo(kind, number, size), number, ttl - 1)}
        for name in self.names[: self.names.index(last) + 1]:
            self.add(microseconds, **{name: forms[name]})
        return inner

    def told(self, *options):
        inputs = []
        for name in self.names:
            capture(self.folder / name, sorted(self.seen[name], key=lambda each: each[0]))
            inputs += ["-r", f"{name}={self.folder / name}"]
        status, out, error = run(*inputs, "--journey", *options)
        check("it is done", status == 0 and error == "", status, error)
        return out.decode()
