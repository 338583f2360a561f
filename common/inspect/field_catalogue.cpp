#include "inspect/field_catalogue.hpp"

#include <fmt/format.h>

#include "wire/wireguard.hpp"

namespace culvert::inspect {
namespace {

// clang-format off
constexpr FieldInfo catalogue[] = {
    {"ethernet.dst", "destination", 0, 48, "The network card this frame is for; ff:ff:ff:ff:ff:ff means everybody on the link."},
    {"ethernet.src", "source", 48, 48, "The network card that sent the frame over this link; a router puts its own here."},
    {"ethernet.ethertype", "ether type", 96, 16, "What the frame carries: 0x0800 is IPv4, 0x0806 ARP, 0x86dd IPv6."},
    {"ethernet.length", "length", 96, 16, "Up to 1500 this is the length of what follows (IEEE 802.3), not its type."},
    {"ethernet.header_len", "header length", 0, 0, "Two addresses and a type: always 14 bytes."},

    {"vlan.pcp", "priority", 0, 3, "Which frames go first when a switch is busy: 0 to 7."},
    {"vlan.dei", "drop eligible", 3, 1, "This frame may be dropped first when a switch is too busy."},
    {"vlan.vid", "VLAN", 4, 12, "Which of the virtual networks on this cable the frame belongs to."},
    {"vlan.ethertype", "ether type", 16, 16, "What the frame carries behind this tag."},
    {"vlan.header_len", "header length", 0, 0, "A tag and a type: always 4 bytes."},

    {"llc.dsap", "destination", 0, 8, "Service access point of the receiver; aa announces a SNAP header."},
    {"llc.ssap", "source", 8, 8, "Service access point of the sender; aa announces a SNAP header."},
    {"llc.control", "control", 16, 0, "What kind of frame this is; 3 is one without numbering."},
    {"llc.oui", "organization", 24, 24, "Who defined the protocol number that follows; 0 means: it is an ether type."},
    {"llc.pid", "protocol", 48, 16, "What follows, in the organization's own numbering."},
    {"llc.header_len", "header length", 0, 0, "Three or four bytes, and five more for SNAP."},

    {"sll.pkttype", "packet type", 0, 16, "0: to us, 1: broadcast, 2: multicast, 3: to somebody else, 4: sent by us."},
    {"sll.hatype", "hardware", 16, 16, "Kind of device: 1 is Ethernet, 65534 a device without link addresses, such as TUN."},
    {"sll.halen", "address length", 32, 16, "Bytes of the sender's link address."},
    {"sll.addr", "address", 48, 64, "Link address of the sender."},
    {"sll.protocol", "protocol", 112, 16, "What the packet carries, as an ether type."},
    {"sll.header_len", "header length", 0, 0, "A header that no wire ever saw: the capture made it up. 16 bytes."},

    {"sll2.protocol", "protocol", 0, 16, "What the packet carries, as an ether type."},
    {"sll2.ifindex", "interface", 32, 32, "Number of the interface it was captured on, as in `ip link`."},
    {"sll2.hatype", "hardware", 64, 16, "Kind of device: 1 is Ethernet, 65534 a device without link addresses, such as TUN."},
    {"sll2.pkttype", "packet type", 80, 8, "0: to us, 1: broadcast, 2: multicast, 3: to somebody else, 4: sent by us."},
    {"sll2.halen", "address length", 88, 8, "Bytes of the sender's link address."},
    {"sll2.addr", "address", 96, 64, "Link address of the sender."},
    {"sll2.header_len", "header length", 0, 0, "A header that no wire ever saw: the capture made it up. 20 bytes."},

    {"null.family", "family", 0, 32, "Address family in the capturing machine's numbering: 2 is IPv4."},
    {"null.header_len", "header length", 0, 0, "One number: always 4 bytes."},

    {"arp.htype", "hardware type", 0, 16, "Kind of link: 1 is Ethernet."},
    {"arp.ptype", "protocol type", 16, 16, "Kind of address that is asked for: 0x0800 is IPv4."},
    {"arp.hlen", "hardware length", 32, 8, "Bytes of a link address: 6 on Ethernet."},
    {"arp.plen", "protocol length", 40, 8, "Bytes of a protocol address: 4 for IPv4."},
    {"arp.op", "operation", 48, 16, "1 asks who has an address, 2 answers."},
    {"arp.sha", "sender hardware", 64, 48, "Link address of who speaks; everybody who hears it may remember it."},
    {"arp.spa", "sender protocol", 112, 32, "IP address of who speaks. Nothing proves it: that is ARP spoofing."},
    {"arp.tha", "target hardware", 144, 48, "Link address that is asked for: zeros in a question."},
    {"arp.tpa", "target protocol", 192, 32, "The IP address whose owner is wanted."},
    {"arp.header_len", "header length", 0, 0, "28 bytes for IPv4 over Ethernet."},

    {"ipv4.version", "version", 0, 4, "This packet speaks IP version 4."},
    {"ipv4.header_len", "header length", 4, 4, "Counted in 4-byte words: five without options, fifteen at most."},
    {"ipv4.dscp", "DSCP", 8, 6, "Which service class routers should give it; 0 is ordinary."},
    {"ipv4.ecn", "ECN", 14, 2, "Routers mark congestion here instead of dropping: 0 not offered, 1 and 2 offered, 3 congested."},
    {"ipv4.total_len", "total length", 16, 16, "Header and payload together, so that padding of the link is not taken for data."},
    {"ipv4.id", "identification", 32, 16, "The fragments of one packet carry the same number."},
    {"ipv4.df", "don't fragment", 49, 1, "Routers must drop this packet, and say so, rather than cut it up."},
    {"ipv4.mf", "more fragments", 50, 1, "Further pieces of this packet follow."},
    {"ipv4.frag_offset", "fragment offset", 51, 13, "Where this piece belongs in the whole packet; counted in 8-byte units on the wire."},
    {"ipv4.ttl", "time to live", 64, 8, "Each router takes one away and drops the packet at 0, so that none circles for ever."},
    {"ipv4.proto", "protocol", 72, 8, "What the payload is: 1 ICMP, 6 TCP, 17 UDP."},
    {"ipv4.checksum", "checksum", 80, 16, "Covers this header only; every router recomputes it, because it changes the time to live."},
    {"ipv4.checksum_status", "checksum status", 0, 0, "Whether the checksum agrees with the header."},
    {"ipv4.src", "source", 96, 32, "Who sent it, as far as the sender or a NAT says; nothing proves it."},
    {"ipv4.dst", "destination", 128, 32, "Whom it is for: all that routers look at to choose its way."},
    {"ipv4.options", "option", 160, 0, "Rare extras behind the fixed 20 bytes; many routers drop packets that have any."},

    {"ipv6.version", "version", 0, 4, "This packet speaks IP version 6."},
    {"ipv6.dscp", "DSCP", 4, 6, "Which service class routers should give it; 0 is ordinary."},
    {"ipv6.ecn", "ECN", 10, 2, "Routers mark congestion here instead of dropping: 0 not offered, 1 and 2 offered, 3 congested."},
    {"ipv6.flow_label", "flow label", 12, 20, "Packets of one flow carry one number, so that routers can keep them on one path."},
    {"ipv6.payload_len", "payload length", 32, 16, "What follows this header, extension headers included; unlike in IPv4 the header itself does not count."},
    {"ipv6.next_header", "next header", 48, 8, "What follows: 6 TCP, 17 UDP, 58 ICMPv6, or an extension header."},
    {"ipv6.hop_limit", "hop limit", 56, 8, "Each router takes one away and drops the packet at 0: the time to live of IPv4."},
    {"ipv6.src", "source", 64, 128, "Who sent it, as far as the sender says; nothing proves it."},
    {"ipv6.dst", "destination", 192, 128, "Whom it is for: all that routers look at to choose its way."},
    {"ipv6.header_len", "header length", 0, 0, "Always 40 bytes: options live in extension headers."},

    {"ipv6_hopopts.next_header", "next header", 0, 8, "What follows this extension header."},
    {"ipv6_hopopts.header_len", "header length", 8, 8, "Of this extension header; counted in 8-byte units beyond the first on the wire."},
    {"ipv6_routing.next_header", "next header", 0, 8, "What follows this extension header."},
    {"ipv6_routing.header_len", "header length", 8, 8, "Of this extension header; counted in 8-byte units beyond the first on the wire."},
    {"ipv6_routing.routing_type", "routing type", 16, 8, "Which kind of list of addresses follows; 4 is segment routing."},
    {"ipv6_routing.segments_left", "segments left", 24, 8, "How many listed addresses are still to be visited."},
    {"ipv6_dstopts.next_header", "next header", 0, 8, "What follows this extension header."},
    {"ipv6_dstopts.header_len", "header length", 8, 8, "Of this extension header; counted in 8-byte units beyond the first on the wire."},
    {"ipv6_fragment.next_header", "next header", 0, 8, "What the whole packet carries; only the first piece begins with it."},
    {"ipv6_fragment.frag_offset", "fragment offset", 16, 13, "Where this piece belongs in the whole packet; counted in 8-byte units on the wire."},
    {"ipv6_fragment.mf", "more fragments", 31, 1, "Further pieces of this packet follow."},
    {"ipv6_fragment.id", "identification", 32, 32, "The fragments of one packet carry the same number. Only the sender cuts, never a router."},
    {"ipv6_fragment.header_len", "header length", 0, 0, "Always 8 bytes."},

    {"ah.next_header", "next header", 0, 8, "What follows the authentication header."},
    {"ah.header_len", "header length", 8, 8, "Of this header; counted in 4-byte words minus two on the wire."},
    {"ah.spi", "parameters index", 32, 32, "Which security association, hence which key, this packet belongs to."},
    {"ah.seq", "sequence", 64, 32, "Counts up, so that a repeated packet is found out."},
    {"esp.spi", "parameters index", 0, 32, "Which security association, hence which key, this packet belongs to."},
    {"esp.seq", "sequence", 32, 32, "Counts up, so that a repeated packet is found out."},

    {"gre.version", "version", 13, 3, "0 is plain GRE, 1 the one of PPTP."},
    {"gre.protocol", "protocol", 16, 16, "What is inside, as an ether type."},
    {"gre.key", "key", 0, 0, "Tells several tunnels between the same two hosts apart; no secret."},
    {"gre.seq", "sequence", 0, 0, "Counts packets, so that the far end can put them in order."},
    {"gre.header_len", "header length", 0, 0, "4 bytes, and 4 more for each of checksum, key and sequence."},

    {"icmp.icmp_type", "type", 0, 8, "8 asks for an echo, 0 answers, 3 reports an unreachable destination, 11 that the time to live ran out."},
    {"icmp.icmp_code", "code", 8, 8, "Refines the type: for 3, code 4 says that the packet was too big."},
    {"icmp.checksum", "checksum", 16, 16, "Covers the whole ICMP message; no pseudo header, unlike TCP and UDP."},
    {"icmp.checksum_status", "checksum status", 0, 0, "Whether the checksum agrees with the message."},
    {"icmp.id", "identifier", 32, 16, "Which ping program asks: a NAT treats it like a port."},
    {"icmp.seq", "sequence", 48, 16, "Which of its questions this is; the answer repeats it."},
    {"icmp.gateway", "gateway", 32, 32, "The router that would have been the shorter way."},
    {"icmp.mtu", "next-hop MTU", 48, 16, "The largest packet that would fit through: path MTU discovery lives on it."},
    {"icmp.quoted", "about packet", 64, 0, "The beginning of the packet that this error is about: so the sender finds the program to tell."},
    {"icmp.header_len", "header length", 0, 0, "Always 8 bytes."},

    {"icmpv6.icmp_type", "type", 0, 8, "128 asks for an echo, 129 answers, 135 asks for a neighbour's link address, 136 tells it."},
    {"icmpv6.icmp_code", "code", 8, 8, "Refines the type."},
    {"icmpv6.checksum", "checksum", 16, 16, "Covers the message and a pseudo header of the addresses; IPv6 itself has no checksum."},
    {"icmpv6.checksum_status", "checksum status", 0, 0, "Whether the checksum agrees with the message."},
    {"icmpv6.id", "identifier", 32, 16, "Which ping program asks."},
    {"icmpv6.seq", "sequence", 48, 16, "Which of its questions this is; the answer repeats it."},
    {"icmpv6.mtu", "MTU", 32, 32, "The largest packet that would fit through: routers never cut IPv6 packets."},
    {"icmpv6.target", "target", 64, 128, "The address whose owner is asked for, or speaks."},
    {"icmpv6.quoted", "about packet", 64, 0, "The beginning of the packet that this error is about."},
    {"icmpv6.header_len", "header length", 0, 0, "8 bytes before what depends on the type."},

    {"udp.src_port", "source port", 0, 16, "The program that sent it; answers go there."},
    {"udp.dst_port", "destination port", 16, 16, "The program it is for on the destination."},
    {"udp.length", "length", 32, 16, "This header of 8 bytes and the data."},
    {"udp.checksum", "checksum", 48, 16, "Covers header, data and a pseudo header of the addresses; 0 means none, which IPv6 forbids."},
    {"udp.checksum_status", "checksum status", 0, 0, "Whether the checksum agrees with what it covers."},
    {"udp.header_len", "header length", 0, 0, "Always 8 bytes."},

    {"tcp.src_port", "source port", 0, 16, "The program that sent it; answers go there."},
    {"tcp.dst_port", "destination port", 16, 16, "The program it is for on the destination."},
    {"tcp.seq", "sequence", 32, 32, "Number of the first data byte in this segment; the start is random, so that nobody can guess it."},
    {"tcp.ack", "acknowledgment", 64, 32, "The next byte expected from the other side: all before it have arrived."},
    {"tcp.header_len", "data offset", 96, 4, "Counted in 4-byte words: five without options."},
    {"tcp.flags", "flags", 103, 9, "SYN opens, FIN closes, RST breaks off, ACK says that the acknowledgment counts, PSH hands data over at once."},
    {"tcp.window", "window", 112, 16, "How many further bytes the sender of this segment has room for, before scaling."},
    {"tcp.checksum", "checksum", 128, 16, "Covers header, data and a pseudo header of the addresses: a NAT must adjust it."},
    {"tcp.checksum_status", "checksum status", 0, 0, "Whether the checksum agrees with what it covers."},
    {"tcp.urgent", "urgent pointer", 144, 16, "Marks urgent data if URG is set; hardly used."},
    {"tcp.options", "option", 160, 0, "Maximum segment size, window scale, time stamps: agreed on when the connection opens."},
    {"tcp.payload_len", "payload length", 0, 0, "Bytes of data in this segment, by the length of the IP packet."},

    {"vxlan.vni", "network", 32, 24, "Which of the virtual networks the frame inside belongs to."},
    {"vxlan.header_len", "header length", 0, 0, "Always 8 bytes."},

    {"dns.id", "id", 0, 16, "The answer repeats it; random, so that a forger has to guess."},
    {"dns.flags", "flags", 16, 16, "The sixteen bits between the id and the counts, as one number."},
    {"dns.qr", "kind", 16, 1, "0 is a query, 1 a response."},
    {"dns.opcode", "opcode", 17, 4, "0 is an ordinary query."},
    {"dns.aa", "authoritative", 21, 1, "The answering server is in charge of this name itself."},
    {"dns.tc", "truncated", 22, 1, "The answer was too long for a datagram: ask again over TCP."},
    {"dns.rd", "recursion desired", 23, 1, "Please ask further servers for me."},
    {"dns.ra", "recursion offered", 24, 1, "This server would ask further servers."},
    {"dns.rcode", "response code", 28, 4, "0 is fine, 2 a failing server, 3 a name that does not exist."},
    {"dns.qdcount", "questions", 32, 16, "How many questions follow: in practice one."},
    {"dns.ancount", "answers", 48, 16, "How many records answer."},
    {"dns.nscount", "name servers", 64, 16, "How many records name servers that are in charge."},
    {"dns.arcount", "additional", 80, 16, "How many further records may help."},
    {"dns.questions", "question", 96, 0, "The name that is asked for: whoever sees this packet knows where you are going."},
    {"dns.answers", "record", 96, 0, "What is known about a name, and for how long it may be remembered."},

    {"wireguard.message_type", "message type", 0, 8, "1 opens a handshake, 2 answers, 3 is a cookie under load, 4 carries data."},
    {"wireguard.sender", "sender", 32, 32, "Number that the sender gave this session; the other side will put it into `receiver`."},
    {"wireguard.receiver", "receiver", 32, 32, "The receiver's own number for the session: so it finds the key."},
    {"wireguard.counter", "counter", 64, 64, "Counts up from 0: the nonce of the encryption, and what finds out replays."},

    {"culvert.type", "type", 0, 8, "5 carries a packet, in clear for all to read: the tunnel of chapter 05."},

    {"payload.len", "length", 0, 0, "Bytes of data behind the last header that we know."},
};
// clang-format on

}  // namespace

std::span<const FieldInfo> field_catalogue() { return catalogue; }

const FieldInfo* find_field(std::string_view name) {
  for (const FieldInfo& each : catalogue) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

const FieldInfo* find_field(std::string_view layer_key, std::string_view name) {
  for (const FieldInfo& each : catalogue) {
    if (layer_of(each) == layer_key && each.name.substr(layer_key.size() + 1) == name) return &each;
  }
  return nullptr;
}

std::string_view layer_of(const FieldInfo& field) {
  return field.name.substr(0, field.name.find('.'));
}

std::optional<BitRange> place_of(const FieldInfo& field, const wire::Packet& packet,
                                 const wire::LayerAt& at) {
  if (field.bits == 0) return std::nullopt;
  BitRange range{field.bit, field.bits};
  const bool moved = field.name == "wireguard.receiver";  // behind the sender, in a response
  if (moved && packet.bytes_of(at)[0] == wire::WireguardView::response) range.begin = 64;
  // Addresses of other sizes lie elsewhere than those of IPv4 over Ethernet.
  if (at.layer == wire::Layer::arp && at.header_length != 28 && range.begin >= 64)
    return std::nullopt;
  if (range.begin + range.size > packet.bytes_of(at).size() * 8) return std::nullopt;
  return range;
}

std::string explain_field(const FieldInfo& field) {
  std::string place;
  const unsigned end = field.bit + field.bits;
  if (field.bits > 0 && field.bit % 8 == 0 && field.bits % 8 == 0) {
    place = field.bits == 8 ? fmt::format("byte {} of the header", field.bit / 8)
                            : fmt::format("bytes {}-{} of the header", field.bit / 8, end / 8 - 1);
  } else if (field.bits > 0) {
    place = field.bits == 1
                ? fmt::format("bit {} of the header, in byte {}", field.bit, field.bit / 8)
                : fmt::format("bits {}-{} of the header, from byte {} on", field.bit, end - 1,
                              field.bit / 8);
  } else {
    place = "at no fixed place, or calculated";
  }
  return fmt::format("{}  {}\n  {}\n  {}\n", field.name, field.label, place, field.sentence);
}

}  // namespace culvert::inspect
