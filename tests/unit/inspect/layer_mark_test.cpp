#include "inspect/layer_mark.hpp"

#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("every layer has a letter and a colour", "[inspect]") {
  for (int i = 0; i <= static_cast<int>(wire::Layer::payload); ++i) {
    const auto layer = static_cast<wire::Layer>(i);
    CAPTURE(i);
    CHECK(inspect::letter(layer) != '?');
    CHECK(inspect::layer_colour(layer).starts_with("\033["));
  }
}
