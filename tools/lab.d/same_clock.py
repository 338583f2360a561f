#!/usr/bin/env python3
"""Move the times of a capture from one machine's clock to another's.

Usage: same_clock.py ADDRESS NEAR FAR <CAPTURE >MOVED

NEAR and FAR are captures of the two ends of one cable, each made by its own machine's clock; ADDRESS is who stands at the near end.
CAPTURE was made by the near machine's clock, MOVED is by the far one's. No packet is on a cable for less than no time. So what
goes away from ADDRESS says how far ahead the far clock is at most, what comes to it says how far at least; the middle is taken.
"""
import ipaddress
import struct
import sys

MICRO, NANO = 0xA1B2C3D4, 0xA1B23C4D
SECOND = 10**9


class Capture:
    """A classic pcap file: times in nanoseconds since 1970, and frames."""

    def __init__(self, data):
        numbers = {order: int.from_bytes(data[:4], name) for order, name in (("<", "little"), (">", "big"))}
        self.order = next((order for order, number in numbers.items() if number in (MICRO, NANO)), None)
        if self.order is None:
            sys.exit("same_clock.py: expected a pcap file, found something else")
        self.head, self.records = data[:24], []
        self.unit = 1 if numbers[self.order] == NANO else 1000
        position = 24
        while position + 16 <= len(data):
            seconds, rest, kept, length = struct.unpack_from(self.order + "IIII", data, position)
            frame = data[position + 16:position + 16 + kept]
            self.records.append((seconds * SECOND + rest * self.unit, length, frame))
            position += 16 + kept

    def moved(self, later):
        """The file's bytes with each time so many nanoseconds later."""
        pieces = [self.head]
        for time, length, frame in self.records:
            seconds, rest = divmod(time + later, SECOND)
            pieces += [struct.pack(self.order + "IIII", seconds, rest // self.unit, len(frame), length), frame]
        return b"".join(pieces)

    def times(self):
        """When each IPv4 frame passed, of those that passed once only: others cannot be told apart."""
        found = {}
        for time, _, frame in self.records:
            if frame[12:14] == b"\x08\x00":
                found.setdefault(frame, []).append(time)
        return {frame: times[0] for frame, times in found.items() if len(times) == 1}


def far_is_ahead_by(near, far, address):
    """Nanoseconds, or None if no packet was seen at both ends."""
    there, at_most, at_least = far.times(), [], []
    for frame, time in near.times().items():
        if frame in there:
            (at_most if frame[26:30] == address else at_least).append(there[frame] - time)
    if not at_most and not at_least:
        return None
    return (min(at_most or at_least) + max(at_least or at_most)) // 2


def main():
    address = ipaddress.IPv4Address(sys.argv[1]).packed
    near, far = (Capture(open(name, "rb").read()) for name in sys.argv[2:4])
    ahead = far_is_ahead_by(near, far, address)
    if ahead is None:
        print("no packet crossed the cable between the two machines, so their clocks could not be compared", file=sys.stderr)
    else:
        print(f"the client's clock was {abs(ahead) // 1000} µs {'behind' if ahead > 0 else 'ahead of'} the other machine's; "
              "its times are moved", file=sys.stderr)
    sys.stdout.buffer.write(Capture(sys.stdin.buffer.read()).moved(ahead or 0))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main()
