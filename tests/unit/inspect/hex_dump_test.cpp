#include "inspect/hex_dump.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

TEST_CASE("a hex dump has sixteen bytes a line, in pairs", "[inspect]") {
  std::string out;
  inspect::append_hex_dump(out, bytes("45 00 00 54 1c 46 40 00 40 01 52 09 0a 08 00 02 c0 00 02"));
  CHECK(out == "\t0x0000:  4500 0054 1c46 4000 4001 5209 0a08 0002\n\t0x0010:  c000 02\n");
}

TEST_CASE("a hex dump with text shows only characters that can be seen", "[inspect]") {
  std::string out;
  inspect::append_hex_and_text(out, bytes("47 45 54 20 2f 1b 5b 33"));
  CHECK(out == "\t0x0000:  4745 5420 2f1b 5b33                      GET./.[3\n");
}

TEST_CASE("no bytes give no lines", "[inspect]") {
  std::string out;
  inspect::append_hex_dump(out, {});
  CHECK(out.empty());
}
