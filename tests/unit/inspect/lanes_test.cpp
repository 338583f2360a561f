#include "inspect/lanes.hpp"

#include "stories.hpp"
#include "support/catch.hpp"

using namespace culvert;
using Catch::Contains;

namespace {

std::string picture_of(const inspect::Story& story,
                       std::vector<std::string> places = {"client", "wire"}) {
  inspect::Lanes lanes{std::move(places)};
  lanes.add(story);
  return lanes.svg({"Title", "1 packet.", "tundump -r a", "tundump 1"});
}

}  // namespace

TEST_CASE("lanes say in words what they draw", "[inspect]") {
  CHECK_THAT(picture_of(test::arriving()),
             Contains("<desc id=\"desc\">1 packet. Packet 1, 28 bytes: client +0 µs; wire +61 µs; "
                      "complete.</desc>"));
}

TEST_CASE("lanes draw each place, delay, layer and change", "[inspect]") {
  const auto svg = picture_of(test::arriving());
  for (const auto* text :
       {">client</text>", ">wire</text>", ">61 µs</text>", ">i20 c8</text>",
        ">i20 u8 w16 i20 c8 d4 w16</text>", ">ipv4.ttl 64 → 63 a router forwarded it</text>",
        "class=\"sealed\"", "tundump -r a, by tundump 1"})
    CHECK_THAT(svg, Contains(text));
}

TEST_CASE("a packet twice as long is twice as wide in its row", "[inspect]") {
  auto story = test::arriving();
  story.stations[0].outside.wire_length = 46;  // of 92
  const auto svg = picture_of(story);
  CHECK_THAT(svg, Contains("x=\"101\""));  // 70 / 2 left of its lane's middle, 136
  CHECK_THAT(svg, Contains("x=\"306\""));  // 140 / 2 left of 376
}

TEST_CASE("long words are broken, and nothing in them becomes markup", "[inspect]") {
  auto story = test::lost();
  story.end = "<script>" + std::string(100, 'x') + "µ" + std::string(100, 'y');
  const auto svg = picture_of(story, {"<a>", "b"});
  CHECK(svg.find("<script") == std::string::npos);
  CHECK(svg.find("<a>") == std::string::npos);
  CHECK(svg.find("\uFFFD") == std::string::npos);
}
