#include "inspect/story_text.hpp"

#include "stories.hpp"
#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("a story names each place, and below it what changed on the way there", "[inspect]") {
  std::string out;
  inspect::append_story(out, test::arriving(), {"client", "wire"});
  CHECK(out ==
        "packet 1, 28 bytes\n"
        "  client  +0 µs     a ping\n"
        "          │  encrypted: +64 bytes\n"
        "          │  ipv4.ttl       64 -> 63   a router forwarded it\n"
        "  wire    +61 µs    a datagram  [tag right]\n"
        "\n");
}

TEST_CASE("a story without an end says where the packet was last seen missing", "[inspect]") {
  std::string out;
  inspect::append_story(out, test::lost(), {"client", "wire"});
  CHECK_THAT(out, Catch::Contains("          ✗  never seen at wire. No sign of why.\n"));
}
