#include "inspect/layer_bars.hpp"

#include <fmt/format.h>

#include "stories.hpp"
#include "support/catch.hpp"

using namespace culvert;

namespace {

std::string words(const std::vector<inspect::LayerBar>& bars) {
  std::string text;
  for (const auto& bar : bars)
    text += fmt::format("{} {} {}+{}{}; ", bar.letter, bar.title, bar.offset, bar.size,
                        bar.sealed ? " sealed" : "");
  return text;
}

}  // namespace

TEST_CASE("a packet is the stack of its headers and its data", "[inspect]") {
  CHECK(words(inspect::layer_bars({.outside = test::ping()})) == "i IPv4 0+20; c ICMP 20+8; ");
}

TEST_CASE("what is encrypted is one piece between header and tag", "[inspect]") {
  CHECK(words(inspect::layer_bars({.outside = test::sealed_ping()})) ==
        "i IPv4 0+20; u UDP 20+8; w WireGuard 28+16; d encrypted 44+32; w tag 76+16; ");
}

TEST_CASE("what a key opened takes the place of the encrypted piece", "[inspect]") {
  CHECK(words(inspect::layer_bars({.outside = test::sealed_ping(), .inside = test::ping()})) ==
        "i IPv4 0+20; u UDP 20+8; w WireGuard 28+16; i IPv4 44+20 sealed; c ICMP 64+8 sealed; "
        "d padding 72+4; w tag 76+16; ");
}

TEST_CASE("the bars of a packet that the capture cut have their length on the wire", "[inspect]") {
  auto cut = test::sealed_ping();
  cut.bytes.resize(40);
  std::size_t sum = 0;
  for (const auto& bar : inspect::layer_bars({.outside = cut})) sum += bar.size;
  CHECK(sum == 92);
}

TEST_CASE("every byte is in one bar, wherever a packet is cut", "[inspect]") {
  const auto whole = test::sealed_ping();
  for (std::size_t size = 0; size <= whole.bytes.size(); ++size) {
    CAPTURE(size);
    auto cut = whole;
    cut.bytes.resize(size);
    std::size_t end = 0;
    for (const auto& bar : inspect::layer_bars({.outside = cut})) {
      CHECK(bar.offset == end);
      end = bar.offset + bar.size;
    }
    CHECK(end == 92);
  }
}
