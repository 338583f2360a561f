#include "capture/filter.hpp"

#include "capture/filter_words.hpp"
#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using capture::Filter;
using test::bytes;

namespace {
constexpr std::uint16_t ethernet = 1;
constexpr std::uint16_t raw_ip = 101;
// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping =
    bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");
}  // namespace

TEST_CASE("a filter matches packets of its link type", "[capture]") {
  const capture::CapturedPacket packet{
      .bytes = ping, .wire_length = 28, .time = std::nullopt, .link_type = raw_ip};
  CHECK(Filter::compile("icmp and src 10.0.0.1", raw_ip)->matches(packet));
  CHECK_FALSE(Filter::compile("udp or dst 10.0.0.1", raw_ip)->matches(packet));
}

TEST_CASE("a wrong filter points at the word that is not understood", "[capture]") {
  const auto [expression, word] = GENERATE(table<std::string, std::string>({
      {"udp prot 53", "prot"},
      {"tcp prt 80", "prt"},
      {"ip and and tcp", "and"},
      {"host 10.0.0.1 ) or tcp", ")"},
      {"tcp port htpp", "htpp"},
      {"ether proto", ""},
      {"tcp and (port 80 or", ""},
  }));
  CAPTURE(expression);
  const auto filter = Filter::compile(expression, ethernet);
  REQUIRE_FALSE(filter);
  const auto& error = filter.error();
  CAPTURE(error.message);
  REQUIRE(error.begin);
  if (word.empty()) {
    CHECK(*error.begin == expression.size());
    CHECK(error.message == "it ends too early");
  } else {
    CHECK(expression.substr(*error.begin, error.length) == word);
    CHECK(*error.begin == expression.rfind(word));
  }
}

TEST_CASE("the caret stands under the word", "[capture]") {
  CHECK(capture::point_at("udp prot 53", {"syntax error", 4, 4, {}}) ==
        "    udp prot 53\n"
        "        ^~~~\n");
}

TEST_CASE("beside the caret stands what a misspelt word was meant to be", "[capture]") {
  const std::string expression = "udp prot 53";
  const auto filter = Filter::compile(expression, ethernet);
  REQUIRE_FALSE(filter);
  CHECK(capture::point_at(expression, filter.error()) ==
        "    udp prot 53\n"
        "        ^~~~ not understood here; did you mean 'port' or 'proto'?\n");
}

TEST_CASE("one slip of the hand is forgiven, two are not", "[capture]") {
  using Words = std::vector<std::string>;
  CHECK(capture::meant_perhaps("prot") == Words{"port", "proto"});
  CHECK(capture::meant_perhaps("hots") == Words{"host"});
  CHECK(capture::meant_perhaps("hoost") == Words{"host"});
  CHECK(capture::meant_perhaps("udq") == Words{"udp"});
  CHECK(capture::meant_perhaps("broadcats") == Words{"broadcast"});
  CHECK(capture::meant_perhaps("host").empty());
  CHECK(capture::meant_perhaps("").empty());
  CHECK(capture::meant_perhaps("xy").empty());
  CHECK(capture::meant_perhaps("something").empty());
}

TEST_CASE("a filter that can never match says so", "[capture]") {
  const auto filter = Filter::compile("ip6 and ip", ethernet);
  REQUIRE_FALSE(filter);
  CHECK(filter.error().message == "this filter can never match: ip6 and ip");
}

TEST_CASE("raw IP has another number in files than in libpcap", "[capture]") {
  CHECK(capture::from_dlt(capture::to_dlt(raw_ip)) == raw_ip);
  CHECK(capture::to_dlt(ethernet) == ethernet);
}
