// Random packets, layer around layer, written and read back: what a seed puts in, the walk and the views must give out.
#include <functional>

#include "support/catch.hpp"
#include "support/random_packet.hpp"
#include "wire/arp.hpp"
#include "wire/dns.hpp"
#include "wire/encapsulation.hpp"
#include "wire/ethernet.hpp"
#include "wire/tunnel_message.hpp"
#include "wire/verify.hpp"
#include "wire/wireguard.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

/// One header that was written, and how to see that it was read back.
struct Written {
  Layer layer;
  std::size_t header_length;
  std::function<void(Bytes)> compare;  // gets the layer's bytes
};

/// Grows from the inside out: each member puts one header in front of what is there.
class RandomStack {
 public:
  explicit RandomStack(SeededRandom& random) : random_(random) {}

  const Buffer& bytes() const { return bytes_; }
  const std::vector<Written>& layers() const { return layers_; }

  /// Anything that an IP header can carry; says under which number.
  Protocol transport(const IpAddress& from, const IpAddress& to);
  /// An IP packet; with `depth` it may carry others, in tunnels.
  void ip(int depth);
  /// A frame around an IP packet, or an ARP packet in one.
  void frame(int depth);

 private:
  void put(Layer layer, Bytes header, std::function<void(Bytes)> compare) {
    bytes_.insert(bytes_.begin(), header.begin(), header.end());
    layers_.insert(layers_.begin(), {layer, header.size(), std::move(compare)});
  }
  /// First byte above 5: no message of WireGuard or of our tunnel begins so.
  void payload() {
    const Buffer data = random_.bytes(1 + random_.below(40));
    put(Layer::payload, data,
        [data](Bytes found) { CHECK(Buffer(found.begin(), found.end()) == data); });
    bytes_[0] |= 0x80u;
    layers_[0].compare = [data = bytes_](Bytes found) {
      CHECK(Buffer(found.begin(), found.end()) == data);
    };
  }
  std::uint16_t port() { return static_cast<std::uint16_t>(10000 + random_.below(50000)); }
  Ipv4Address v4() { return random_.ipv4(); }

  void dns();
  void wireguard();
  void udp(const IpAddress& from, const IpAddress& to, std::uint16_t destination_port);
  void tcp(const IpAddress& from, const IpAddress& to);
  void icmp(const IpAddress& from, const IpAddress& to);
  void ipv4(Ipv4Address from, Ipv4Address to, Protocol protocol);
  void ipv6(const Ipv6Address& from, const Ipv6Address& to, Protocol protocol);
  Protocol extensions(Protocol protocol);
  void gre(std::uint16_t protocol);
  /// What a tunnel puts between two IP headers.
  Protocol tunnel(const IpAddress& from, const IpAddress& to, int depth);
  void fill_checksum(std::size_t at, const IpAddress& from, const IpAddress& to, Protocol protocol);
  bool inner_is_v4() const { return bytes_[0] >> 4 == 4; }

  SeededRandom& random_;
  Buffer bytes_;
  std::vector<Written> layers_;
};

void RandomStack::fill_checksum(std::size_t at, const IpAddress& from, const IpAddress& to,
                                Protocol protocol) {
  const Buffer covered =
      protocol == Protocol::icmp ? bytes_ : with_pseudo_header(from, to, protocol, bytes_);
  std::uint16_t checksum = complement(reference_sum(covered));
  if (protocol == Protocol::udp) checksum = udp_checksum_on_wire(checksum);
  store_be16(MutableBytes{bytes_}.subspan(at).first<2>(), checksum);
}

/// A question for a name of two labels, and an answer whose name points back to it.
void RandomStack::dns() {
  const DnsFields fields{.id = random_.number<std::uint16_t>(),
                         .flags = random_.number<std::uint16_t>(),
                         .question_count = 1,
                         .answer_count = 1};
  const Ipv4Address address = v4();
  const std::uint32_t ttl = random_.number<std::uint32_t>();
  Buffer message(12);
  write(fields, MutableBytes{message}.first<12>());
  for (const std::size_t size : {1 + random_.below(63), 1 + random_.below(63)}) {
    message.push_back(static_cast<std::uint8_t>(size));
    append(message, random_.bytes(size));
  }
  for (const int byte : {0, 0, 1, 0, 1, 0xc0, 12, 0, 1, 0, 1})
    message.push_back(static_cast<std::uint8_t>(byte));
  message.resize(message.size() + 6);
  store_be32(MutableBytes{message}.last<6>().first<4>(), ttl);
  message.back() = 4;
  append(message, address.bytes());
  put(Layer::dns, message, [=](Bytes found) {
    const auto view = DnsView::parse(found);
    REQUIRE(view);
    CHECK(view->id() == fields.id);
    CHECK(view->flags() == fields.flags);
    CHECK(view->question_count() == 1);
    DnsQuestions questions{*view};
    const auto question = questions.next();
    REQUIRE(question);
    CHECK(question->type == dns_type::a);
    CHECK(question->name.size() == message[12] + message[13 + message[12]] + 3u);
    DnsRecords records{*view};
    const auto record = records.next();
    REQUIRE(record);
    CHECK(record->name.size() == 2);
    CHECK(record->ttl == ttl);
    CHECK(Ipv4Address{record->data.first<4>()} == address);
  });
}

void RandomStack::wireguard() {
  Buffer message = random_.bytes(32 + random_.below(60));
  const auto receiver = random_.number<std::uint32_t>();
  const auto counter = random_.number<std::uint64_t>();
  store_le32(MutableBytes{message}.first<4>(), WireguardView::data);
  store_le32(MutableBytes{message}.subspan<4, 4>(), receiver);
  store_le64(MutableBytes{message}.subspan<8, 8>(), counter);
  put(Layer::wireguard, message, [=](Bytes found) {
    const auto view = WireguardView::parse(found);
    REQUIRE(view);
    CHECK(view->type() == WireguardView::data);
    CHECK(view->receiver() == receiver);
    CHECK(view->counter() == counter);
  });
}

void RandomStack::udp(const IpAddress& from, const IpAddress& to, std::uint16_t destination_port) {
  const UdpFields fields{.source_port = port(),
                         .destination_port = destination_port,
                         .length = static_cast<std::uint16_t>(8 + bytes_.size())};
  Buffer header(8);
  write(fields, MutableBytes{header}.first<8>());
  put(Layer::udp, header, [=, size = bytes_.size()](Bytes found) {
    const auto view = UdpView::parse(found);
    REQUIRE(view);
    CHECK(view->source_port() == fields.source_port);
    CHECK(view->destination_port() == fields.destination_port);
    CHECK(view->length() == fields.length);
    CHECK(view->payload().size() == size);
  });
  fill_checksum(6, from, to, Protocol::udp);
}

void RandomStack::tcp(const IpAddress& from, const IpAddress& to) {
  payload();
  const TcpFields fields{.source_port = port(),
                         .destination_port = port(),
                         .sequence = random_.number<std::uint32_t>(),
                         .acknowledgment = random_.number<std::uint32_t>(),
                         .flags = random_.below(512),
                         .window = random_.number<std::uint16_t>(),
                         .urgent_pointer = random_.number<std::uint16_t>()};
  Buffer header(20);
  write(fields, MutableBytes{header}.first<20>());
  const auto kinds = random_.below(4);  // timestamps, each behind two blanks
  for (unsigned i = 0; i < kinds && header.size() < 56; ++i) {
    append(header, Buffer{1, 1, tcp_option::timestamps, 10});
    append(header, random_.bytes(8));
  }
  header[12] = static_cast<std::uint8_t>(header.size() / 4 << 4 | (header[12] & 0xfu));
  put(Layer::tcp, header, [=](Bytes found) {
    const auto view = TcpView::parse(found);
    REQUIRE(view);
    CHECK(view->source_port() == fields.source_port);
    CHECK(view->destination_port() == fields.destination_port);
    CHECK(view->sequence() == fields.sequence);
    CHECK(view->acknowledgment() == fields.acknowledgment);
    CHECK(view->flags() == fields.flags);
    CHECK(view->window() == fields.window);
    CHECK(view->urgent_pointer() == fields.urgent_pointer);
    auto options = view->options();
    std::size_t stamps = 0;
    while (const auto option = options.next()) {
      if (option->kind == tcp_option::timestamps) {
        CHECK(Buffer(option->data.begin(), option->data.end()) ==
              Buffer(header.begin() + 24 + 12 * static_cast<std::ptrdiff_t>(stamps),
                     header.begin() + 32 + 12 * static_cast<std::ptrdiff_t>(stamps)));
        ++stamps;
      }
    }
    CHECK_FALSE(options.damaged());
    CHECK(stamps == (header.size() - 20) / 12);
  });
  fill_checksum(16, from, to, Protocol::tcp);
}

/// An echo, or an error that quotes the beginning of another packet.
void RandomStack::icmp(const IpAddress& from, const IpAddress& to) {
  const bool v4 = from.is_v4();
  RandomStack quoted{random_};
  const bool error = random_.coin();
  if (error) {
    quoted.ip(0);
    const Buffer beginning(
        quoted.bytes().begin(),
        quoted.bytes().begin() +
            static_cast<std::ptrdiff_t>(std::min<std::size_t>(quoted.bytes().size(), 48)));
    put(Layer::payload, beginning, [beginning, inner = quoted.layers()](Bytes found) {
      CHECK(Buffer(found.begin(), found.end()) == beginning);
      const Packet packet = Packet::walk(found, LinkType::raw_ip, 0xffff);
      CHECK(packet.layers()[0].layer == inner[0].layer);
      if (packet.layers()[0].header_length == inner[0].header_length) inner[0].compare(found);
    });
  } else {
    payload();
  }
  const std::uint8_t type = error ? (v4 ? icmp::time_exceeded : icmpv6::time_exceeded)
                                  : (v4 ? icmp::echo_request : icmpv6::echo_request);
  const IcmpFields fields{.type = type, .rest = random_.number<std::uint32_t>()};
  Buffer header(8);
  write(fields, MutableBytes{header}.first<8>());
  const auto compare = [fields, error](const auto& view) {
    REQUIRE(view);
    CHECK(view->type() == fields.type);
    CHECK(view->code() == fields.code);
    CHECK(load_be32(view->rest()) == fields.rest);
    CHECK(view->is_error() == error);
  };
  if (v4)
    put(Layer::icmp, header, [=](Bytes found) { compare(IcmpView::parse(found)); });
  else
    put(Layer::icmpv6, header, [=](Bytes found) { compare(Icmpv6View::parse(found)); });
  fill_checksum(2, from, to, v4 ? Protocol::icmp : Protocol::icmpv6);
}

Protocol RandomStack::transport(const IpAddress& from, const IpAddress& to) {
  switch (random_.below(5)) {
    case 0:
      tcp(from, to);
      return Protocol::tcp;
    case 1:
      icmp(from, to);
      return from.is_v4() ? Protocol::icmp : Protocol::icmpv6;
    case 2:
      dns();
      udp(from, to, dns_port);
      return Protocol::udp;
    case 3:
      wireguard();
      break;
    default:
      payload();
  }
  udp(from, to, port());
  return Protocol::udp;
}

void RandomStack::gre(std::uint16_t protocol) {
  const bool key = random_.coin();
  const bool sequence = random_.coin();
  const auto words = random_.bytes(8);
  Buffer header(4);
  header[0] = static_cast<std::uint8_t>((key ? 0x20u : 0u) | (sequence ? 0x10u : 0u));
  store_be16(MutableBytes{header}.last<2>(), protocol);
  if (key) append(header, Bytes{words}.first(4));
  if (sequence) append(header, Bytes{words}.last(4));
  put(Layer::gre, header, [=](Bytes found) {
    const auto view = GreView::parse(found);
    REQUIRE(view);
    CHECK(view->protocol() == protocol);
    CHECK(view->key().has_value() == key);
    CHECK(view->sequence().has_value() == sequence);
    if (key) CHECK(*view->key() == load_be32(Bytes{words}.first<4>()));
    if (sequence) CHECK(*view->sequence() == load_be32(Bytes{words}.last<4>()));
  });
}

Protocol RandomStack::tunnel(const IpAddress& from, const IpAddress& to, int depth) {
  switch (random_.below(4)) {
    case 0:
      ip(depth - 1);
      return inner_is_v4() ? Protocol::ipv4 : Protocol::ipv6;
    case 1: {
      ip(depth - 1);
      const auto type = inner_is_v4() ? EtherType::ipv4 : EtherType::ipv6;
      gre(static_cast<std::uint16_t>(type));
      return Protocol::gre;
    }
    case 2: {
      frame(depth - 1);
      const std::uint32_t network = random_.below(1u << 24);
      Buffer header{8, 0, 0, 0, 0, 0, 0, 0};
      store_be32(MutableBytes{header}.last<4>(), network << 8);
      put(Layer::vxlan, header, [=](Bytes found) {
        const auto view = VxlanView::parse(found);
        REQUIRE(view);
        CHECK(view->network() == network);
      });
      udp(from, to, vxlan_port);
      return Protocol::udp;
    }
    default: {
      ip(depth - 1);
      Buffer header(tunnel_header_size);
      write_tunnel_header(MutableBytes{header}.first<tunnel_header_size>());
      put(Layer::tunnel_message, header, [size = bytes_.size()](Bytes found) {
        const auto view = TunnelMessageView::parse(found);
        REQUIRE(view);
        CHECK(view->packet().size() == size);
      });
      udp(from, to, port());
      return Protocol::udp;
    }
  }
}

void RandomStack::ip(int depth) {
  const auto fill = [&](const IpAddress& from, const IpAddress& to) {
    return depth > 0 && random_.coin() ? tunnel(from, to, depth) : transport(from, to);
  };
  if (random_.coin()) {
    const Ipv4Address from = v4();
    const Ipv4Address to = v4();
    ipv4(from, to, fill(from, to));
  } else {
    const Ipv6Address from = random_.ipv6();
    const Ipv6Address to = random_.ipv6();
    ipv6(from, to, extensions(fill(from, to)));
  }
}

void RandomStack::ipv4(Ipv4Address from, Ipv4Address to, Protocol protocol) {
  const Buffer options(random_.below(11) * std::size_t{4}, Option::no_operation);
  const std::size_t header_length = 20 + options.size();
  const Ipv4Fields fields{.dscp = random_.below(64),
                          .ecn = random_.below(4),
                          .total_length = static_cast<std::uint16_t>(header_length + bytes_.size()),
                          .identification = random_.number<std::uint16_t>(),
                          .dont_fragment = random_.coin(),
                          .more_fragments = random_.below(8) == 0,
                          .ttl = random_.number<std::uint8_t>(),
                          .protocol = protocol,
                          .source = from,
                          .destination = to};
  Buffer header(20);
  write(fields, MutableBytes{header}.first<20>());
  append(header, options);
  header[0] = static_cast<std::uint8_t>(0x40 + header_length / 4);
  store_be16(MutableBytes{header}.subspan<10, 2>(), 0);
  store_be16(MutableBytes{header}.subspan<10, 2>(), complement(reference_sum(header)));
  put(Layer::ipv4, header, [=](Bytes found) {
    const auto view = Ipv4View::parse_header(found);
    REQUIRE(view);
    CHECK(view->dscp() == fields.dscp);
    CHECK(view->ecn() == fields.ecn);
    CHECK(view->total_length() == fields.total_length);
    CHECK(view->identification() == fields.identification);
    CHECK(view->dont_fragment() == fields.dont_fragment);
    CHECK(view->more_fragments() == fields.more_fragments);
    CHECK(view->fragment_offset() == 0);
    CHECK(view->ttl() == fields.ttl);
    CHECK(view->protocol() == fields.protocol);
    CHECK(view->source() == fields.source);
    CHECK(view->destination() == fields.destination);
    auto list = view->options();
    std::size_t blanks = 0;
    while (list.next()) ++blanks;
    CHECK(blanks == options.size());
  });
}

/// Up to three extension headers, the last of them perhaps a first fragment's.
Protocol RandomStack::extensions(Protocol protocol) {
  if (random_.below(4) == 0) {
    const auto identification = random_.number<std::uint32_t>();
    const bool more = random_.coin();
    Buffer header{static_cast<std::uint8_t>(protocol), 0, 0, more, 0, 0, 0, 0};
    store_be32(MutableBytes{header}.last<4>(), identification);
    put(Layer::ipv6_fragment, header, [=](Bytes found) {
      const auto view = Ipv6FragmentView::parse(found);
      REQUIRE(view);
      CHECK(view->next_header() == protocol);
      CHECK(view->fragment_offset() == 0);
      CHECK(view->more_fragments() == more);
      CHECK(view->identification() == identification);
    });
    protocol = Protocol::fragment;
  }
  const std::pair<Layer, Protocol> kinds[] = {
      {Layer::ipv6_destination, Protocol::destination_options},
      {Layer::ipv6_routing, Protocol::routing},
      {Layer::ipv6_hop_by_hop, Protocol::hop_by_hop}};
  for (const auto& [layer, number] : kinds) {
    if (random_.below(3) != 0) continue;
    Buffer header(8 +
                  8 * random_.below(4));  // options of Pad1; a routing header without segments left
    header[0] = static_cast<std::uint8_t>(protocol);
    header[1] = static_cast<std::uint8_t>(header.size() / 8 - 1);
    put(layer, header, [=, next = protocol, kind = layer](Bytes found) {
      const auto view = Ipv6ExtensionView::parse(kind, found);
      REQUIRE(view);
      CHECK(view->next_header() == next);
      CHECK(view->header_length() == header.size());
      CHECK(view->segments_left() == 0);
    });
    protocol = number;
  }
  return protocol;
}

void RandomStack::ipv6(const Ipv6Address& from, const Ipv6Address& to, Protocol protocol) {
  const Ipv6Fields fields{.traffic_class = random_.below(256),
                          .flow_label = random_.below(1u << 20),
                          .payload_length = static_cast<std::uint16_t>(bytes_.size()),
                          .next_header = protocol,
                          .hop_limit = random_.number<std::uint8_t>(),
                          .source = from,
                          .destination = to};
  Buffer header(40);
  write(fields, MutableBytes{header}.first<40>());
  put(Layer::ipv6, header, [=](Bytes found) {
    const auto view = Ipv6View::parse_header(found);
    REQUIRE(view);
    CHECK(view->traffic_class() == fields.traffic_class);
    CHECK(view->flow_label() == fields.flow_label);
    CHECK(view->payload_length() == fields.payload_length);
    CHECK(view->next_header() == fields.next_header);
    CHECK(view->hop_limit() == fields.hop_limit);
    CHECK(view->source() == fields.source);
    CHECK(view->destination() == fields.destination);
  });
}

void RandomStack::frame(int depth) {
  auto type = EtherType::arp;
  if (random_.below(8) == 0) {
    const ArpFields fields{.operation = ArpView::reply,
                           .sender_mac = random_.mac(),
                           .sender_ip = v4(),
                           .target_mac = random_.mac(),
                           .target_ip = v4()};
    Buffer message(28);
    write(fields, MutableBytes{message}.first<28>());
    put(Layer::arp, message, [=](Bytes found) {
      const auto view = ArpView::parse(found);
      REQUIRE(view);
      REQUIRE(view->is_ipv4_over_ethernet());
      CHECK(view->operation() == fields.operation);
      CHECK(MacAddress{view->sender_hardware().first<6>()} == fields.sender_mac);
      CHECK(Ipv4Address{view->sender_protocol().first<4>()} == fields.sender_ip);
      CHECK(MacAddress{view->target_hardware().first<6>()} == fields.target_mac);
      CHECK(Ipv4Address{view->target_protocol().first<4>()} == fields.target_ip);
    });
  } else {
    ip(depth);
    type = inner_is_v4() ? EtherType::ipv4 : EtherType::ipv6;
  }
  if (random_.coin()) {
    const VlanFields fields{.priority = random_.below(8),
                            .drop_eligible = random_.coin(),
                            .vlan_id = random_.below(4096),
                            .ether_type = static_cast<std::uint16_t>(type)};
    Buffer tag(4);
    write(fields, MutableBytes{tag}.first<4>());
    put(Layer::vlan, tag, [=](Bytes found) {
      const auto view = VlanView::parse(found);
      REQUIRE(view);
      CHECK(view->priority() == fields.priority);
      CHECK(view->drop_eligible() == fields.drop_eligible);
      CHECK(view->vlan_id() == fields.vlan_id);
      CHECK(view->ether_type() == fields.ether_type);
    });
    type = EtherType::vlan;
  }
  const EthernetFields fields{.destination = random_.mac(),
                              .source = random_.mac(),
                              .ether_type = static_cast<std::uint16_t>(type)};
  Buffer header(14);
  write(fields, MutableBytes{header}.first<14>());
  put(Layer::ethernet, header, [=](Bytes found) {
    const auto view = EthernetView::parse(found);
    REQUIRE(view);
    CHECK(view->destination() == fields.destination);
    CHECK(view->source() == fields.source);
    CHECK(view->ether_type() == fields.ether_type);
  });
}

}  // namespace

TEST_CASE("what is written, layer around layer, is read back field by field", "[wire][packet]") {
  const auto seed = GENERATE(range(1u, 1501u));
  CAPTURE(seed);
  SeededRandom random{seed};
  RandomStack stack{random};
  stack.frame(3);

  const Packet packet = Packet::walk(stack.bytes(), LinkType::ethernet);
  CAPTURE(to_hex(stack.bytes()));
  CHECK_FALSE(packet.error());
  REQUIRE(packet.layers().size() == stack.layers().size());
  for (std::size_t i = 0; i < packet.layers().size(); ++i) {
    const LayerAt& found = packet.layers()[i];
    const Written& expected = stack.layers()[i];
    CAPTURE(i);
    REQUIRE(found.layer == expected.layer);
    REQUIRE(found.header_length == expected.header_length);
    CHECK(verify_checksum(packet, i).status != ChecksumStatus::bad);
    expected.compare(packet.bytes_of(found));
  }
}
