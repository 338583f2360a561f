#include "inspect/legend.hpp"

#include "stories.hpp"
#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("a legend has each letter once, with every name that it stands for", "[inspect]") {
  inspect::Legend legend;
  legend.add(test::arriving());
  legend.add(test::lost());
  using Entry = std::pair<char, std::string>;
  CHECK(legend.letters() ==
        std::vector<Entry>{
            {'i', "IPv4"}, {'c', "ICMP"}, {'u', "UDP"}, {'w', "WireGuard, tag"}, {'d', "padding"}});
}
