#include "capture/filter_listing.hpp"

#include "support/catch.hpp"

using namespace culvert;
using capture::Filter;

namespace {
constexpr std::uint16_t ethernet = 1;
constexpr std::uint16_t raw_ip = 101;

std::string words_of(const std::string& expression, std::uint16_t link_type) {
  return capture::filter_in_words(Filter::compile(expression, link_type).value(), link_type);
}
}  // namespace

TEST_CASE("each instruction of a filter is put into words", "[capture]") {
  CHECK(
      words_of("ip host 10.0.0.1", ethernet) ==
      "(000) ldh      [12]                             ; A = bytes 12-13, the ether type\n"
      "(001) jeq      #0x800           jt 2    jf 7    ; is it IPv4? yes: 2, no: 7\n"
      "(002) ld       [26]                             ; A = bytes 26-29, the source address\n"
      "(003) jeq      #0xa000001       jt 6    jf 4    ; is it 10.0.0.1? yes: 6, no: 4\n"
      "(004) ld       [30]                             ; A = bytes 30-33, the destination address\n"
      "(005) jeq      #0xa000001       jt 6    jf 7    ; is it 10.0.0.1? yes: 6, no: 7\n"
      "(006) ret      #262144                          ; take the packet\n"
      "(007) ret      #0                               ; leave the packet out\n");
}

TEST_CASE("the same byte has another name in IPv6", "[capture]") {
  const std::string words = words_of("tcp port 80", raw_ip);
  CAPTURE(words);
  CHECK_THAT(words, Catch::Contains("A = byte 6, the next header"));
  CHECK_THAT(words, Catch::Contains("A = byte 9, the protocol"));
  CHECK_THAT(words, Catch::Contains("is it version 6?"));
  CHECK_THAT(words, Catch::Contains("is it TCP?"));
  CHECK_THAT(words, Catch::Contains("A = 2 bytes at X + 0, the source port"));
  CHECK_THAT(words, Catch::Contains("A = 2 bytes at X + 2, the destination port"));
  CHECK_THAT(words, Catch::Contains("is it 80?"));
  CHECK_THAT(words, Catch::Contains("is it a later fragment?"));
}

TEST_CASE("a length is compared in decimal", "[capture]") {
  CHECK_THAT(words_of("greater 1000", raw_ip), Catch::Contains("is it at least 1000?"));
}

TEST_CASE("a filter prints as C and as numbers", "[capture]") {
  const auto filter = Filter::compile("ip", ethernet).value();
  CHECK(capture::filter_in_c(filter) ==
        "{ 0x28, 0, 0, 0x0000000c },\n"
        "{ 0x15, 0, 1, 0x00000800 },\n"
        "{ 0x6, 0, 0, 0x00040000 },\n"
        "{ 0x6, 0, 0, 0x00000000 },\n");
  CHECK(capture::filter_in_numbers(filter) == "4\n40 0 0 12\n21 0 1 2048\n6 0 0 262144\n6 0 0 0\n");
}
