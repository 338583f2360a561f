#include "base/result.hpp"

#include <string>

#include "support/catch.hpp"

using namespace culvert;

namespace {
Result<int, std::string> half(int number) {
  if (number % 2 != 0) return failure(std::string{"odd"});
  return number / 2;
}
}  // namespace

TEST_CASE("a result holds a value or the reason why there is none", "[base]") {
  CHECK(half(4).value() == 2);
  REQUIRE_FALSE(half(3).has_value());
  CHECK(half(3).error() == "odd");
}
