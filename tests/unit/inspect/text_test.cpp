#include "inspect/text.hpp"

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::inspect;

TEST_CASE("numbers are written with as many digits as asked for, or more", "[inspect]") {
  std::string out;
  append_hex(out, 0x2a, 4);
  out += ' ';
  append_hex(out, 0x12345, 4);
  out += ' ';
  append_padded(out, 7, 3);
  out += ' ';
  append_padded(out, 1234, 3);
  out += ' ';
  append_decimal(out, std::uint64_t{18446744073709551615u});
  CHECK(out == "0x002a 0x12345 007 1234 18446744073709551615");
}

TEST_CASE("an address is written as to_string writes it", "[inspect]") {
  std::string out;
  append(out, IpAddress{Ipv4Address{192, 0, 2, 1}});
  out += ' ';
  append(out, *IpAddress::parse("2001:db8::1"));
  CHECK(out == "192.0.2.1 2001:db8::1");
}

TEST_CASE("packet data never reaches the terminal as control characters", "[inspect]") {
  std::string out;
  append_printable(out, as_bytes("a\033[31m\n\x7f\x80z"));
  CHECK(out == "a.[31m...z");
  out.clear();
  append_text(out, as_bytes("a\r\nb\033[31m"));
  CHECK(out == "a\nb.[31m");
}
