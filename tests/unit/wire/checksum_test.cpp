#include "wire/checksum.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/random_packet.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

TEST_CASE("the sum of RFC 1071's example is the one that it gives", "[wire][checksum]") {
  CHECK(ones_complement_sum(bytes("00 01 f2 03 f4 f5 f6 f7")) == 0xddf2);
  CHECK(internet_checksum(bytes("00 01 f2 03 f4 f5 f6 f7")) == 0x220d);
}

TEST_CASE("an odd last byte counts as the high half of a word", "[wire][checksum]") {
  CHECK(ones_complement_sum(bytes("01")) == 0x0100);
  CHECK(ones_complement_sum(bytes("00 01 02")) == 0x0201);
}

TEST_CASE("the sum of nothing, and of zeros, is zero; the sum of ones is the other zero",
          "[wire][checksum]") {
  CHECK(ones_complement_sum({}) == 0);
  CHECK(ones_complement_sum(bytes("00 00 00 00")) == 0);
  CHECK(ones_complement_sum(bytes("ff ff ff ff")) == 0xffff);
  CHECK(internet_checksum({}) == 0xffff);
}

TEST_CASE("the fast sum agrees with a word-by-word loop at every length and alignment",
          "[wire][checksum]") {
  SeededRandom random{1};
  const Buffer data = random.bytes(160);
  for (std::size_t offset = 0; offset < 16; ++offset) {
    for (std::size_t length = 0; offset + length <= data.size(); ++length) {
      const Bytes part = Bytes{data}.subspan(offset, length);
      if (ones_complement_sum(part) == reference_sum(part)) continue;
      FAIL("offset " << offset << ", length " << length << ": " << ones_complement_sum(part)
                     << ", expected " << reference_sum(part));
    }
  }
}

TEST_CASE("the fast sum loses no carry, even over the longest packet of ones", "[wire][checksum]") {
  CHECK(ones_complement_sum(Buffer(65535, 0xff)) == reference_sum(Buffer(65535, 0xff)));
  SeededRandom random{2};
  for (int i = 0; i < 20; ++i) {
    const Buffer data = random.bytes(65535);
    CHECK(ones_complement_sum(data) == reference_sum(data));
  }
}

TEST_CASE("a sum may be taken in blocks of even length", "[wire][checksum]") {
  SeededRandom random{3};
  const Buffer data = random.bytes(101);
  for (std::size_t cut = 0; cut <= data.size(); cut += 2) {
    const std::uint16_t start = ones_complement_sum(Bytes{data}.first(cut));
    CHECK(ones_complement_sum(Bytes{data}.subspan(cut), start) == ones_complement_sum(data));
  }
}

TEST_CASE("bytes that include their checksum sum up to a checksum of zero", "[wire][checksum]") {
  auto header = bytes("45 00 00 1c 00 01 00 00 40 01 00 00 0a 00 00 01 0a 00 00 02");
  CHECK(internet_checksum(header) == 0x66de);
  store_be16(MutableBytes{header}.subspan<10, 2>(), 0x66de);
  CHECK(internet_checksum(header) == 0);
}

TEST_CASE("the pseudo header is the one of RFC 9293 and RFC 8200, written out",
          "[wire][checksum]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const Buffer segment = random.bytes(random.below(3000));
  const auto agrees = [&](const IpAddress& from, const IpAddress& to) {
    const std::uint16_t start = pseudo_header_sum(from, to, Protocol::tcp, segment.size());
    CHECK(ones_complement_sum(segment, start) ==
          reference_sum(with_pseudo_header(from, to, Protocol::tcp, segment)));
  };
  agrees(random.ipv4(), random.ipv4());
  agrees(random.ipv6(), random.ipv6());
}

TEST_CASE("IPv6's pseudo header counts lengths beyond 16 bits", "[wire][checksum]") {
  const IpAddress any{Ipv6Address{}};
  CHECK(pseudo_header_sum(any, any, Protocol::hop_by_hop, 0x12345) == 0x2346);
}

TEST_CASE("a UDP checksum of zero goes out as 0xffff, every other as it is", "[wire][checksum]") {
  CHECK(udp_checksum_on_wire(0) == 0xffff);
  CHECK(udp_checksum_on_wire(1) == 1);
  CHECK(udp_checksum_on_wire(0xffff) == 0xffff);
}
