#include "offload/virtio_header.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::offload;
using test::bytes;

// A TCP super-packet in IPv4: headers of 52 bytes, packets of 1400 bytes of payload, the first with CWR.
const auto tcp = bytes("01 81 34 00 78 05 14 00 10 00");

TEST_CASE("a virtio header's fields are read in little-endian order", "[offload]") {
  const auto header = VirtioHeader::parse(Bytes{tcp}.first<10>());
  REQUIRE(header);
  CHECK(header->needs_checksum);
  CHECK(header->segmentation == Segmentation::tcp_v4);
  CHECK(header->ecn);
  CHECK(header->header_length == 52);
  CHECK(header->segment_size == 1400);
  CHECK(header->checksum_start == 20);
  CHECK(header->checksum_offset == 16);
}

TEST_CASE("a virtio header that is written reads as it was", "[offload]") {
  std::array<std::uint8_t, 10> out{};
  write(*VirtioHeader::parse(Bytes{tcp}.first<10>()), out);
  CHECK(to_hex(out) == to_hex(tcp));
}

TEST_CASE("an unknown kind of segmentation is refused, not guessed", "[offload]") {
  auto unknown = tcp;
  for (const int kind : {2, 3, 6, 0x7f}) {
    unknown[1] = static_cast<std::uint8_t>(kind);
    CHECK_FALSE(VirtioHeader::parse(Bytes{unknown}.first<10>()));
  }
}
