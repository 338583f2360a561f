#include "wire/options.hpp"

#include "support/parser.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// Maximum segment size 1460, a blank, window scale 7, end of list, and a byte of padding.
const auto list = bytes("02 04 05 b4  01  03 03 07  00  00");

}  // namespace

TEST_CASE("an option list gives every option with its data, the end of the list included",
          "[wire][options]") {
  OptionList options{list};
  const auto mss = options.next();
  REQUIRE(mss);
  CHECK(mss->kind == 2);
  CHECK(to_vector(mss->data) == bytes("05 b4"));
  CHECK(mss->size() == 4);

  const auto blank = options.next();
  REQUIRE(blank);
  CHECK(blank->kind == Option::no_operation);
  CHECK_FALSE(blank->has_length());
  CHECK(blank->size() == 1);

  const auto scale = options.next();
  REQUIRE(scale);
  CHECK(scale->kind == 3);
  CHECK(to_vector(scale->data) == bytes("07"));

  const auto end = options.next();
  REQUIRE(end);
  CHECK(end->kind == Option::end_of_list);
  CHECK_FALSE(options.next());
  CHECK_FALSE(options.damaged());
}

TEST_CASE("an option list ends without damage exactly at the border between two options",
          "[wire][options]") {
  for (std::size_t length = 0; length < list.size(); ++length) {
    CAPTURE(length);
    const auto beginning = to_vector(Bytes{list}.first(length));
    OptionList options{beginning};
    while (options.next()) {
    }
    const bool border = length == 0 || length == 4 || length == 5 || length >= 8;
    CHECK(options.damaged() == !border);
  }
}

TEST_CASE("an option list stops at a length of 0 or 1 and at one past the end", "[wire][options]") {
  const char* hex = GENERATE("05 00 00", "05 01 00", "05 04 00", "05 ff 00", "05");
  CAPTURE(hex);
  const auto bad = bytes(hex);
  OptionList options{bad};
  CHECK_FALSE(options.next());
  CHECK(options.damaged());
  CHECK(to_vector(options.rest()) == bad);  // where the damage begins
  CHECK_FALSE(options.next());
}

TEST_CASE("an option list ignores everything after its end", "[wire][options]") {
  OptionList options{Bytes{list}.subspan(8)};
  CHECK(options.next()->kind == Option::end_of_list);
  CHECK_FALSE(options.next());

  const auto garbage = bytes("00 05 00");
  OptionList after_end{garbage};
  CHECK(after_end.next());
  CHECK_FALSE(after_end.next());
  CHECK_FALSE(after_end.damaged());
}
