#include "wire/checksum_update.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/random_packet.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

TEST_CASE("the update of RFC 1624's example gives 0x0000, where RFC 1141's way gave 0xffff",
          "[wire][checksum]") {
  CHECK(checksum_update(0xdd2f, 0x5555, 0x3285) == 0x0000);
}

TEST_CASE("an update that changes nothing gives the same checksum, or the other of the two zeros",
          "[wire][checksum]") {
  for (unsigned checksum = 0; checksum < 0xffff; checksum += 0x55) {
    CHECK(checksum_update(static_cast<std::uint16_t>(checksum), 0x1234, 0x1234) == checksum);
  }
}

TEST_CASE("an updated checksum equals the one computed anew", "[wire][checksum]") {
  const auto seed = GENERATE(range(1u, 30u));
  CAPTURE(seed);
  SeededRandom random{seed};
  // The first word is never 0: over nothing but zeros the two ways give the two zeros of ones' complement, and no
  // header is all zeros (RFC 1624, section 3).
  Buffer data = random.bytes(2 + 2 * std::size_t{random.below(20)});
  data[0] |= 1;
  std::uint16_t checksum = complement(reference_sum(data));
  for (int edit = 0; edit < 500; ++edit) {
    const std::size_t at =
        2 * std::size_t{random.below(static_cast<std::uint32_t>(data.size() / 2))};
    const auto word = MutableBytes{data}.subspan(at).first<2>();
    const std::uint16_t before = load_be16(word);
    const auto after =
        static_cast<std::uint16_t>(random.number<std::uint16_t>() | (at == 0 ? 0x0100u : 0u));
    checksum = checksum_update(checksum, before, after);
    store_be16(word, after);
    CAPTURE(edit, before, after);
    REQUIRE(checksum == complement(reference_sum(data)));
  }
}

TEST_CASE("every change between the corner words updates to the checksum computed anew",
          "[wire][checksum]") {
  const std::uint16_t corners[] = {0x0000, 0x0001, 0x7fff, 0x8000, 0xfffe, 0xffff};
  for (const auto other : corners) {
    for (const auto before : corners) {
      for (const auto after : corners) {
        std::array<std::uint8_t, 6> data{0x45, 0x00};
        store_be16(MutableBytes{data}.subspan<2, 2>(), other);
        store_be16(MutableBytes{data}.subspan<4, 2>(), before);
        const std::uint16_t checksum = complement(reference_sum(data));
        store_be16(MutableBytes{data}.subspan<4, 2>(), after);
        CAPTURE(other, before, after);
        CHECK(checksum_update(checksum, before, after) == complement(reference_sum(data)));
      }
    }
  }
}

TEST_CASE("updating a field of several words is updating one after the other", "[wire][checksum]") {
  const auto before = bytes("0a 00 00 02 ff ff");
  const auto after = bytes("c0 00 02 02 00 00");
  std::uint16_t expected = checksum_update(0x1234, 0x0a00, 0xc000);
  expected = checksum_update(expected, 0x0002, 0x0202);
  expected = checksum_update(expected, 0xffff, 0x0000);
  CHECK(checksum_update(0x1234, before, after) == expected);
  CHECK(checksum_update(0x1234, {}, {}) == 0x1234);
}
