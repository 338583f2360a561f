#include "io/link_words.hpp"

#include "support/catch.hpp"

using namespace culvert::io;

namespace {

Link link(const char* kind, std::uint16_t type = 1) {
  Link result;
  result.kind = kind;
  result.type = type;
  return result;
}

bool begins(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

}  // namespace

TEST_CASE("a TUN and a TAP are of one kind but not the same door", "[io]") {
  Link tun = link("tun", 65534);
  tun.tun_mode = TunMode::tun;
  Link tap = link("tun");
  tap.tun_mode = TunMode::tap;
  CHECK(begins(sentence_on(tun), "TUN: IP packets"));
  CHECK(begins(sentence_on(tap), "TAP: Ethernet frames"));
}

TEST_CASE("every kind that the course speaks of has its sentence", "[io]") {
  CHECK(begins(sentence_on(link("bridge")), "bridge:"));
  CHECK(begins(sentence_on(link("veth")), "veth:"));
  CHECK(begins(sentence_on(link("wireguard", 65534)), "WireGuard:"));
  CHECK(begins(sentence_on(link("vlan")), "VLAN:"));
}

TEST_CASE("what has no kind is hardware if it speaks Ethernet, and loopback says so by its flag",
          "[io]") {
  CHECK(begins(sentence_on(link("")), "Ethernet:"));
  Link lo = link("", 772);
  lo.flags = 8;  // IFF_LOOPBACK
  CHECK(begins(sentence_on(lo), "loopback:"));
}

TEST_CASE("a kind from the future is admitted to be unknown", "[io]") {
  CHECK(begins(sentence_on(link("quantum")), "a kind that this chapter does not know"));
}
