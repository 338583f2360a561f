#include "inspect/names.hpp"

#include <set>

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::inspect;

TEST_CASE("every layer has a title and a key of its own", "[inspect]") {
  std::set<std::string_view> titles;
  std::set<std::string_view> keys;
  const auto last = static_cast<std::uint8_t>(wire::Layer::payload);
  for (std::uint8_t i = 0; i <= last; ++i) {
    titles.insert(title(wire::Layer{i}));
    keys.insert(key(wire::Layer{i}));
  }
  CHECK(titles.size() == last + 1u);
  CHECK(keys.size() == last + 1u);
  CHECK(titles.count("?") == 0);
}

TEST_CASE("a number without a name is still shown", "[inspect]") {
  CHECK(protocol_name(wire::Protocol{99}) == "ip-proto-99");
  CHECK(ether_type_name(0x1234) == "Unknown");
  CHECK(dns_type_name(999) == "Type999");
  CHECK(icmp_type_name(99) == "type-#99");
  CHECK(icmpv6_type_name(99) == "type-#99");
}
