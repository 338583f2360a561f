"""What somebody on the path can do with the datagrams between client and server: see them, stop them, send others.

The isp sits there in the lab. Nothing here knows a key.
"""
import socket
import struct
import subprocess

DOOR = "to-client"  # the isp's interface towards the client
PORT = 5000

ETHERNET, IP, UDP = 14, 20, 8  # header lengths; no option ever stands in our outer header
HEADER = 16  # type, receiver, counter: in clear, because the other side needs them to decrypt
TAG = 16
ETH_P_IP, PACKET_OUTGOING = 0x0800, 4


class Datagram:
    """One UDP datagram over IPv4, as it was on the wire."""

    def __init__(self, packet):
        self.packet = bytearray(packet)

    @property
    def message(self):
        """What the tunnel sent: header, sealed packet, tag."""
        return self.packet[IP + UDP :]

    @message.setter
    def message(self, message):
        self.packet[IP + UDP :] = message
        self.packet[IP + 6 : IP + 8] = b"\0\0"  # in IPv4, a UDP checksum of 0 says that there is none

    def is_ours(self):
        p = self.packet
        return (len(p) >= IP + UDP + HEADER and p[0] == 0x45 and p[9] == socket.IPPROTO_UDP
                and struct.unpack_from("!H", p, IP + 2)[0] == PORT)

    def __str__(self):
        return f"{socket.inet_ntoa(self.packet[12:16])} > {socket.inet_ntoa(self.packet[16:20])}: {len(self.message)} bytes"


def watch(seconds):
    """The datagrams from the client to the server, as they come in; TimeoutError if none comes for so long."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_IP)) as door:
        door.bind((DOOR, ETH_P_IP))
        door.settimeout(seconds)
        print(f"watching {DOOR}", flush=True)
        while True:
            frame, address = door.recvfrom(65535)
            datagram = Datagram(frame[ETHERNET:])
            if address[2] != PACKET_OUTGOING and datagram.is_ours():
                yield datagram


def read_capture(path):
    """The datagrams from the client to the server in a pcap file, as `tundump -w` writes it."""
    with open(path, "rb") as file:
        data = file.read()
    at = 24  # the file's header
    while at < len(data):
        length = struct.unpack_from("=I", data, at + 8)[0]
        datagram = Datagram(data[at + 16 + ETHERNET : at + 16 + length])
        at += 16 + length
        if datagram.is_ours():
            yield datagram


def send(datagram):
    """As if it came from where its header says. The kernel fills in the IP checksum."""
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as out:
        out.sendto(bytes(datagram.packet), (socket.inet_ntoa(datagram.packet[16:20]), 0))


class Stopped:
    """While this is open, no datagram of this size (of the tunnel's message) gets past us."""

    def __init__(self, size):
        self.rule = f"udp dport {PORT} udp length {size + UDP} drop"

    def __enter__(self):
        nft(f"add table ip attack; add chain ip attack forward {{ type filter hook forward priority 0; }}; "
            f"add rule ip attack forward {self.rule}")

    def __exit__(self, *_):
        nft("delete table ip attack")


def nft(commands):
    subprocess.run(["nft", commands], check=True)
