#include "control/text.hpp"

#include "support/catch.hpp"

using namespace culvert::control;

TEST_CASE("blanks around a text go", "[control][text]") {
  CHECK(trimmed(" \ta b\r ") == "a b");
  CHECK(trimmed("  ").empty());
  CHECK(trimmed("").empty());
}

TEST_CASE("a list is split at its separators, and empty parts are kept", "[control][text]") {
  CHECK(split("a, b ,c", ',') == std::vector<std::string_view>{"a", "b", "c"});
  CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(split("", ',') == std::vector<std::string_view>{""});
}

TEST_CASE("a number is all of its text or none", "[control][text]") {
  CHECK(parse_number<std::uint16_t>("65535") == 65535);
  for (const char* text : {"", "65536", "-1", "+1", " 1", "1 ", "0x10", "1.0"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_number<std::uint16_t>(text));
  }
}

TEST_CASE("a mark is decimal or hexadecimal", "[control][text]") {
  CHECK(parse_mark("51820") == 51820);
  CHECK(parse_mark("0xca6c") == 51820);
  CHECK(parse_mark("0XCA6C") == 51820);
  CHECK_FALSE(parse_mark("0x"));
  CHECK_FALSE(parse_mark("ca6c"));
  CHECK_FALSE(parse_mark("0x100000000"));
}

TEST_CASE("letters become small ones, the rest stays", "[control][text]") {
  CHECK(lower_case("AllowedIPs-1") == "allowedips-1");
}
