#include "inspect/byte_map.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

namespace {

// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping =
    bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");

wire::Packet walk(Bytes packet) { return wire::Packet::walk(packet, wire::LinkType::raw_ip); }

}  // namespace

TEST_CASE("a byte map names every byte of a packet", "[inspect]") {
  std::string out;
  inspect::append_byte_map(out, walk(ping));
  CHECK(out == R"(0x0000  i 45 00 00 1c 00 01 00 00  40 01 66 de 0a 00 00 01     E.......@.f.....  45 version 4, header length 5 words 20 bytes | 00 DSCP 0, ECN 0
                                                                                 00 1c total length 28 | 00 01 identification 0x0001
                                                                                 00 00 don't fragment no, more fragments no, fragment offset 0
                                                                                 40 time to live 64 | 01 protocol 1 ICMP | 66 de checksum 0x66de ok
                                                                                 0a 00 00 01 source 10.0.0.1
0x0010  i 0a 00 00 02|c 08 00 f7 fe  00 00 00 01               ............      0a 00 00 02 destination 10.0.0.2 | 08 type 8 echo request | 00 code 0
                                                                                 f7 fe checksum 0xf7fe ok | 00 00 identifier 0 | 00 01 sequence 1
        i IPv4  c ICMP
)");
}

TEST_CASE("every captured byte is in exactly one note", "[inspect]") {
  const auto dns = bytes(
      "45 00 00 39 00 01 00 00 40 11 66 b1 0a 00 00 01 0a 00 00 02 04 d2 00 35 00 25 00 00"
      "00 07 01 00 00 01 00 00 00 00 00 00 03 77 77 77 04 73 69 74 65 00 00 01 00 01 ff ff ff");
  std::size_t end = 0;
  for (const auto& note : inspect::byte_notes(walk(dns))) {
    CAPTURE(note.text);
    CHECK(note.begin == end);
    CHECK(note.size > 0);
    end = note.begin + note.size;
  }
  CHECK(end == dns.size());
}

TEST_CASE("a packet cut anywhere still prints, with nothing behind its end", "[inspect]") {
  for (std::size_t length = 0; length < ping.size(); ++length) {
    CAPTURE(length);
    const Bytes cut = Bytes{ping}.first(length);
    std::string out;
    inspect::append_byte_map(out, walk(cut));
    for (const auto& note : inspect::byte_notes(walk(cut))) CHECK(note.begin + note.size <= length);
  }
}

TEST_CASE("colours come from the palette alone", "[inspect]") {
  std::string with, without;
  inspect::append_byte_map(with, walk(ping), inspect::ansi);
  inspect::append_byte_map(without, walk(ping));
  CHECK(with.find('\033') != std::string::npos);
  CHECK(without.find('\033') == std::string::npos);
}
