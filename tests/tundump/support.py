"""What the tests of tundump share: running it (CULVERT_BIN/tundump), claims, and small packets."""
import os
import struct
import subprocess
import sys

TUNDUMP = os.path.join(os.environ["CULVERT_BIN"], "tundump")
failures = []


def check(claim, holds, *evidence):
    print(("ok      " if holds else "FAILED  ") + claim)
    if not holds:
        failures.append(claim)
        for each in evidence:
            print("        " + repr(each))


def run(*arguments, stdin=b""):
    done = subprocess.run([TUNDUMP, *map(str, arguments)], input=stdin, capture_output=True, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode()


def pcap(packets, link_type=101, microseconds=0):
    """A capture file of raw IP packets, one a second from 1970 on."""
    data = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, link_type)
    for second, packet in enumerate(packets):
        data += struct.pack("<IIII", second, microseconds, len(packet), len(packet)) + packet
    return data


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ping(payload):
    message = struct.pack(">BBHHH", 8, 0, 0, 7, 1) + payload
    message = message[:2] + struct.pack(">H", checksum(message)) + message[4:]
    header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(message), 1, 0, 64, 1, 0, bytes([10, 0, 0, 1]), bytes([10, 0, 0, 2]))
    return header[:10] + struct.pack(">H", checksum(header)) + header[12:] + message


def ethernet(packet):
    return bytes.fromhex("020000000002020000000001") + b"\x08\x00" + packet


def finish():
    print(f"{len(failures)} failed")
    sys.exit(1 if failures else 0)
