#include "inspect/json.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/count_allocations.hpp"

using namespace culvert;
using test::bytes;
using wire::LinkType;

namespace {

std::string layers(Bytes captured, LinkType link, std::size_t wire_length) {
  std::string out;
  inspect::append_json_layers(out, wire::Packet::walk(captured, link, wire_length));
  return out;
}
std::string layers(Bytes packet) { return layers(packet, LinkType::raw_ip, packet.size()); }

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping = bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");
// A SYN with five options: mss 1460, SACK allowed, timestamps, a blank, window scale 7.
const auto syn = bytes(
    "45 00 00 3c 00 00 40 00 40 06 00 00 0a 00 00 02 c0 00 02 50"
    "9c 40 00 50 00 00 00 01 00 00 00 00 a0 02 fa f0 00 00 00 00"
    "02 04 05 b4 04 02 08 0a 00 00 00 05 00 00 00 00 01 03 03 07");

}  // namespace

TEST_CASE("JSON names every field of an echo request", "[inspect][json]") {
  CHECK(layers(ping) ==
        R"([{"type":"ipv4","offset":0,"version":4,"header_len":20,"dscp":0,"ecn":0,"total_len":28,"id":1,"df":false,)"
        R"("mf":false,"frag_offset":0,"ttl":64,"proto":1,"checksum":26334,"checksum_status":"good",)"
        R"("src":"10.0.0.1","dst":"10.0.0.2"},)"
        R"({"type":"icmp","offset":20,"icmp_type":8,"icmp_code":0,"checksum":63486,"checksum_status":"good",)"
        R"("id":0,"seq":1}])");
}

TEST_CASE("JSON lists TCP options in their order with what each means", "[inspect][json]") {
  CHECK(contains(layers(syn), R"("options":[{"kind":2,"len":4,"mss":1460},{"kind":4,"len":2},)"
                              R"({"kind":8,"len":10,"tsval":5,"tsecr":0},{"kind":1},{"kind":3,"len":3,"shift":7}])"));
}

TEST_CASE("JSON has the fields of a cut header that are whole, and calls it truncated", "[inspect][json]") {
  const std::string cut = layers(Bytes{ping}.first(10), LinkType::raw_ip, 28);
  CHECK(contains(cut, R"("proto":1)"));
  CHECK(contains(cut, R"("truncated":true)"));
  CHECK_FALSE(contains(cut, "checksum"));
  CHECK_FALSE(contains(cut, "error"));
}

TEST_CASE("JSON calls a header short if the packet, not the capture, ends inside it", "[inspect][json]") {
  auto shorter = Bytes{ping}.first(24);
  std::vector<std::uint8_t> packet(shorter.begin(), shorter.end());
  packet[3] = 24;  // total length
  CHECK(contains(layers(packet), R"("icmp_type":8,"icmp_code":0,"checksum":63486,"checksum_status":"unverified","error":"short")"));
}

TEST_CASE("JSON says by a code which length lies", "[inspect][json]") {
  const auto with = [](std::vector<std::uint8_t> packet, std::size_t at, std::uint8_t value) {
    packet[at] = value;
    return layers(packet);
  };
  CHECK(contains(with(ping, 0, 0x44), R"("version":4,"header_len":16,"error":"bad_header_len"}])"));
  CHECK(layers(bytes("55 00 00 1c"), LinkType::ipv4, 4) ==
        R"([{"type":"ipv4","offset":0,"version":5,"header_len":20,"error":"bad_version"}])");
  CHECK(contains(with(ping, 3, 12), R"("dst":"10.0.0.2","error":"bad_total_len"}])"));
  CHECK(contains(with(ping, 3, 99), R"("error":"bad_total_len"},{"type":"icmp")"));  // goes on
  CHECK(contains(with(syn, 32, 0x40), R"("header_len":16)"));
  CHECK(contains(with(syn, 32, 0x40), R"("error":"bad_header_len"}])"));
  CHECK(contains(with(syn, 32, 0xf0), R"("error":"bad_header_len"}])"));
  CHECK(contains(with(syn, 41, 1), R"("options":[{"kind":2,"len":1}],"error":"bad_options"}])"));
}

TEST_CASE("JSON shows what a DNS answer says, with names as the schema writes them", "[inspect][json]") {
  // UDP from port 53: the question "a b" (a blank is printable), and the answer 192.0.2.80 under a compressed name.
  const auto answer = bytes(
      "45 00 00 41 00 00 00 00 40 11 00 00 0a 00 00 01 0a 00 00 02  00 35 9c 40 00 2d 00 00"
      "00 07 81 80 00 01 00 01 00 00 00 00  03 61 20 62 00 00 01 00 01"
      "c0 0c 00 01 00 01 00 00 00 3c 00 04 c0 00 02 50");
  CHECK(contains(layers(answer), R"("questions":[{"name":"a b","qtype":1,"qclass":1}],)"
                                 R"("answers":[{"name":"a b","rtype":1,"rclass":1,"ttl":60,"data":"192.0.2.80"}])"));
}

TEST_CASE("JSON text cannot leave its quotes", "[inspect][json]") {
  std::string out;
  inspect::append_json_string(out, "a\"b\\c\n\x1b");
  CHECK(out == R"("a\"b\\c\u000a\u001b")");
}

TEST_CASE("JSON into a string with room allocates nothing", "[inspect][json]") {
  std::string out;
  out.reserve(4096);
  const auto before = test::allocations();
  inspect::append_json_layers(out, wire::Packet::walk(syn, LinkType::raw_ip));
  CHECK(test::allocations() == before);
}
