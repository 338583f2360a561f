#include "base/bytes.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

TEST_CASE("big-endian loads put the first byte highest", "[base]") {
  const auto eight = bytes("01 02 03 04 05 06 07 08");
  CHECK(load_be16(Bytes{eight}.first<2>()) == 0x0102);
  CHECK(load_be32(Bytes{eight}.first<4>()) == 0x01020304);
  CHECK(load_be64(Bytes{eight}.first<8>()) == 0x0102030405060708);
}

TEST_CASE("little-endian loads put the first byte lowest", "[base]") {
  const auto eight = bytes("01 02 03 04 05 06 07 08");
  CHECK(load_le16(Bytes{eight}.first<2>()) == 0x0201);
  CHECK(load_le32(Bytes{eight}.first<4>()) == 0x04030201);
  CHECK(load_le64(Bytes{eight}.first<8>()) == 0x0807060504030201);
}

TEST_CASE("a store is undone by the load of the same order", "[base]") {
  std::array<std::uint8_t, 8> room{};
  store_be16(MutableBytes{room}.first<2>(), 0xfedc);
  CHECK(load_be16(Bytes{room}.first<2>()) == 0xfedc);
  store_be32(MutableBytes{room}.first<4>(), 0xfedcba98);
  CHECK(load_be32(Bytes{room}.first<4>()) == 0xfedcba98);
  store_be64(room, 0xfedcba9876543210);
  CHECK(load_be64(room) == 0xfedcba9876543210);
  store_le16(MutableBytes{room}.first<2>(), 0xfedc);
  CHECK(load_le16(Bytes{room}.first<2>()) == 0xfedc);
  store_le32(MutableBytes{room}.first<4>(), 0xfedcba98);
  CHECK(load_le32(Bytes{room}.first<4>()) == 0xfedcba98);
  store_le64(room, 0xfedcba9876543210);
  CHECK(load_le64(room) == 0xfedcba9876543210);
}

TEST_CASE("hex has two lower-case digits a byte", "[base]") {
  CHECK(to_hex(bytes("00 0f f0 ff")) == "000ff0ff");
  CHECK(to_hex({}).empty());
}

TEST_CASE("hex is read back, with blanks between digits or without", "[base]") {
  CHECK(from_hex("00 0f\nf0ff").value() == std::vector<std::uint8_t>{0x00, 0x0f, 0xf0, 0xff});
  CHECK(from_hex("").value().empty());
  CHECK_FALSE(from_hex("0"));
  CHECK_FALSE(from_hex("0x00"));
  CHECK_FALSE(from_hex("gg"));
}

TEST_CASE("copied bytes leave the rest of the target alone", "[base]") {
  auto target = bytes("aa aa aa");
  copy_bytes(bytes("01 02"), target);
  CHECK(target == bytes("01 02 aa"));
}
