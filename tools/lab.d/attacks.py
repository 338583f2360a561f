"""The attacks of chapters 05 to 11, each as a scene in the lab (chapter 10 has none).

A scene gets a stage on which the chapter's program is a weak one, the learner's or the reference, and answers with what the
attacker has got, or nothing. That the honest packets arrive is part of every scene: a tunnel that carries nothing stops
every attack. Where packets of an attacker and of an honest host race, the scene is played again: ROUNDS.
"""
import dataclasses
import re
import typing

import exercises
from scenes import (SERVER, SITE_NAME, SITE_V4, SITE_V6, everything_through, handshake_tunnel, plain_tunnel, preshared_tunnel, record,
                    recorded, visitor, vpn)
from stage import until

ROUNDS = 3


def tool(chapter, name):
    return next(exercises.CHAPTERS.glob(f"{chapter}-*")) / "attacks" / name


# -- 05 ------------------------------------------------------------------------------------------------------------------


def stranger_writes(stage):
    port = plain_tunnel(stage).said(r"^ready: .*:(\d+)")[1]
    desk = stage.listen("client", "10.0.0.2", 9000)
    for number in range(ROUNDS):
        stage.on("site", tool("05", "write-into-tunnel"), "192.0.2.2", port, "your server wants you to pay Eve")
        stage.tell("server", "10.0.0.2", 9000, f"honest {number}")
        desk.until_says(f"honest {number}")
        if desk.said("pay Eve"):
            return "the client's program read 'pay Eve', as if the server had said it"
    return None


def noise_takes_over(stage):
    plain_tunnel(stage)
    desk = stage.listen("client", "10.0.0.2", 9000)
    for number in range(ROUNDS):
        thief = stage.start("site", tool("05", "take-over"), *SERVER.split(":"), ready="^sent")
        for again in range(ROUNDS):
            text = f"for the client only {number}.{again}"
            stage.tell("server", "10.0.0.2", 9000, text)
            until(f"'{text}' arrives anywhere", lambda: desk.said(text) or thief.said(text))
            if thief.said(text):
                return f"the site got '{text}', and the client did not"
    return None


# -- 06 ------------------------------------------------------------------------------------------------------------------


def ipv6_beside(stage):
    everything_through(stage)
    seen = until("the site answers by IPv6", lambda: visitor(stage, f"[{SITE_V6}]"))
    return f"the site saw the {seen}" if "Homeland" in seen else None


def names_asked_beside(stage, *options):
    everything_through(stage, *options)
    log = f"/run/culvert-lab/{stage.name}/isp/dns.log"
    before = stage.on("isp", "cat", log).stdout
    until("the name of the site is found", lambda: SITE_V4 in stage.on("client", "host", "-t", "A", "-W", "2", SITE_NAME).stdout)
    asked = stage.on("isp", "cat", log).stdout.removeprefix(before)
    return f"the provider was asked for {SITE_NAME}" if SITE_NAME in asked else None


def tunnel_dies(stage, *options):
    client = everything_through(stage, *options)
    client.process.kill()
    until("the device goes with its program", lambda: not stage.succeeds("client", "ip", "link", "show", "myvpn"))
    seen = visitor(stage, SITE_V4)
    stage.on("client", "06-all-traffic", "--cleanup")
    return f"the site saw the {seen}" if "Homeland" in seen else None


# -- 07 ------------------------------------------------------------------------------------------------------------------


def packet_bent(stage):
    handshake_tunnel(stage)
    stage.on("server", "ip", "addr", "replace", "10.0.3.1/32", "dev", "lo")
    elsewhere = stage.listen("server", "10.0.3.1", 8232)
    for number in range(ROUNDS):
        bender = stage.start("isp", tool("07", "flip-bits"), "96", ready="^watching")
        stage.tell("client", "10.0.0.1", 9000, "meet me at the fountain")
        bender.until_says("^sent it on")
        stage.need_answer("client", "10.0.0.1")
        stage.tell("server", "10.0.3.1", 8232, f"honest {number}")
        elsewhere.until_says(f"honest {number}")
        if elsewhere.said("fountain"):
            return "the provider sent the message on to another address than its sender meant"
    return None


DATA, LONG = "udp[8] = 4", "greater 200"  # longer than ping's usual packets and than handshakes
DIARY = f"my dear diary, {'':60}, today I have a headache"


def diary_read_beside_known(stage):
    handshake_tunnel(stage)
    recording = record(stage, 2, f"{DATA} and {LONG}")
    stage.on("client", "ping", "-c", "1", "-W", "1", "-s", "400", "-p", "41", "10.0.0.1")
    stage.tell("client", "10.0.0.1", 9000, DIARY)
    seen = stage.on("isp", tool("07", "read-reused-nonce"), recorded(recording)).stdout
    return "the provider read 'today I have a headache'" if "headache" in seen else None


def paid_again(stage):
    preshared_tunnel(stage)
    bank = stage.listen("server", "10.0.0.1", 9000)
    recording = record(stage, 1, "udp[4:2] = 89")
    stage.tell("client", "10.0.0.1", 9000, "pay 10 gulden to Eve")
    file = recorded(recording)
    bank.until_says("gulden")
    for number in range(ROUNDS):
        stage.on("isp", tool("07", "replay"), file)
        stage.tell("client", "10.0.0.1", 9000, f"honest {number}")
        bank.until_says(f"honest {number}")
        if (times := bank.text().count("gulden")) > 1:
            return f"'pay 10 gulden to Eve', said once, arrived {times} times"
    return None


# -- 08 ------------------------------------------------------------------------------------------------------------------


def diary_read_without_keys(stage):
    handshake_tunnel(stage)
    recording = record(stage, 1, f"{DATA} and {LONG}")
    stage.tell("client", "10.0.0.1", 9000, DIARY)
    seen = stage.on("isp", tool("08", "read-without-keys"), recorded(recording)).stdout
    return "the provider read 'today I have a headache', and had no key" if "headache" in seen else None


def old_greeting_answered(stage):
    file = recorded(handshake_tunnel(stage, before=lambda *_: record(stage, 1, "udp[8] = 1")))
    answers = stage.start("isp", "tundump", "-i", "to-client", "-l", "-t", "-q", "udp src port 5000", ready="listening on")
    for size in (1001, 1101, 1201):  # each ping's answer has a length of its own
        stage.on("isp", tool("07", "replay"), file)
        stage.need_answer("client", "10.0.0.1", size)
        padded = (20 + 8 + size + 15) // 16 * 16
        answers.until_says(f"length {16 + padded + 16}$")
        if answers.said("length 92$"):
            return "the server answered a recorded initiation with a new handshake"
    return None


def flooded(stage, *options):
    def flood(server, name):
        stage.on("isp", tool("08", "flood"), name, "200", "100")
        return server

    server = handshake_tunnel(stage, *options, before=flood)
    computed = re.search("^lost ([0-9]+): handshake did not open", server.stop(), re.MULTILINE)
    count = int(computed[1]) if computed else 0
    return f"the server computed on {count} of 200 forged initiations" if count > 150 else None


# -- 09 ------------------------------------------------------------------------------------------------------------------


def somebody_else_inside(stage):
    vpn(stage, reach="10.0.0.1/32")
    bank = stage.listen("server", "10.0.0.1", 9000)
    stage.on("client", "ip", "addr", "replace", "10.0.0.99/32", "dev", "lo")
    for number in range(ROUNDS):
        stage.on("client", "bash", "-c", "echo 'I am 99' | nc -u -q 0 -s 10.0.0.99 10.0.0.1 9000")
        stage.tell("client", "10.0.0.1", 9000, f"honest {number}")
        bank.until_says(f"honest {number}")
        if bank.said("I am 99"):
            return "the server's program got a packet from 10.0.0.99, which is nobody's"
    return None


# -- 11 ------------------------------------------------------------------------------------------------------------------


def switch_crowded(stage):
    stage.start("server", "11-tap", "server")
    for host, address in (("client", "10.11.0.2/24"), ("site", "10.11.0.3/24")):
        stage.start(host, "11-tap", "client", "--server", SERVER, "--address", address)
        stage.need_answer(host, "10.11.0.1")
    desk = stage.listen("client", "10.11.0.2", 9000)
    ear = stage.start("site", "tundump", "-i", "mytap", "-l", "-t", "-A", "udp dst port 9000", ready="listening on")
    for number in range(2 * ROUNDS):  # a busy machine loses some of the crowd
        stage.on("site", tool("11", "crowd-switch"), "mytap", "1500")
        stage.tell("server", "10.11.0.2", 9000, f"for the client only {number}")
        desk.until_says(f"for the client only {number}")
        if ear.said("for the client only"):
            return "the site read a frame that the server had sent to the client"
    return None


def address_claimed(stage, *neighbours):
    """neighbours: whom the server knows without asking."""
    stage.start("server", "11-tap", "server")
    stage.start("client", "11-tap", "client", "--server", SERVER, "--address", "10.11.0.2/24")
    stage.need_answer("client", "10.11.0.1")
    card = stage.on("client", "cat", "/sys/class/net/mytap/address").stdout.strip()
    for address in neighbours:
        stage.on("server", "ip", "neigh", "replace", address, "lladdr", card, "dev", "mytap", "nud", "permanent")
    desk = stage.listen("client", "10.11.0.2", 9000)
    claims = stage.start("server", "tundump", "-i", "mytap", "-c", "3", "-t", "arp[6:2] = 2 and arp[14:4] = 0x0a0b0002 and ether broadcast",
                         ready="listening on")
    stage.start("site", "11-tap", "client", "--server", SERVER, "--address", "10.11.0.3/24", "--claim", "10.11.0.2")
    stage.need_answer("site", "10.11.0.1")
    ear = stage.start("site", "tundump", "-i", "mytap", "-l", "-t", "-A", "udp dst port 9000", ready="listening on")
    until("the server hears three claims", lambda: claims.process.poll() is not None)
    for number in range(ROUNDS):
        text = f"for the client only {number}"
        stage.tell("server", "10.11.0.2", 9000, text)
        until(f"'{text}' arrives anywhere", lambda: desk.said(text) or ear.said(text))
        if ear.said(text):
            return "the site got what the server had sent to the client"
    return None


# ------------------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Attack:
    """What somebody tries, and what lets it through: `weak` is a wrong solution of the exercise; or where a program's user has
    to defend himself, `weak` says what he left out, and `defence` is what the scene is told when he did not."""

    name: str
    chapter: str
    exercise: str
    weak: str
    program: str
    scene: typing.Callable
    defence: tuple = ()


ATTACKS = [
    Attack("a stranger writes into the tunnel", "05", "encapsulation", "strangers", "05-udp-forward", stranger_writes),
    Attack("noise takes the tunnel over", "05", "encapsulation", "peer_too_early", "05-udp-forward", noise_takes_over),
    Attack("IPv6 goes beside the tunnel", "06", "route-plan", "ipv6_leak", "06-all-traffic", ipv6_beside),
    Attack("names are asked beside it", "06", "route-plan", "no --dns behind the tunnel", "06-all-traffic", names_asked_beside,
           ("--dns", "10.0.0.1")),
    Attack("the tunnel dies", "06", "route-plan", "no --kill-switch", "06-all-traffic", tunnel_dies, ("--kill-switch",)),
    Attack("bits are turned over on the way", "07", "seal-open", "tag_ignored", "08-handshake", packet_bent),
    Attack("two packets under one nonce", "07", "seal-open", "zero_nonce", "08-handshake", diary_read_beside_known),
    Attack("a packet is sent again", "07", "replay-window", "no_memory", "07-encrypt", paid_again),
    Attack("a recording is read without keys", "08", "mix", "chain_kept", "08-handshake", diary_read_without_keys),
    Attack("an initiation is sent again", "08", "timestamp-guard", "always", "08-handshake", old_greeting_answered),
    Attack("a flood of forged initiations", "08", "mix", "no --handshake-limit that fits this machine", "08-handshake", flooded,
           ("--handshake-limit", "5")),
    Attack("a peer is somebody else inside", "09", "allowed-ips", "never_asked", "culvert", somebody_else_inside),
    Attack("a crowd makes the switch talk", "11", "mac-table", "pushes_out", "11-tap", switch_crowded),
    Attack("somebody else's address is taken", "11", "mac-table", "whatever ARP says is believed", "11-tap", address_claimed,
           ("10.11.0.2",)),
]
