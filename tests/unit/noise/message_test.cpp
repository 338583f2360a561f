#include "noise/message.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::noise;

namespace {

/// A message of that size whose bytes count up behind its type.
std::vector<std::uint8_t> counting(std::uint8_t type, std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  for (std::size_t i = 4; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i);
  bytes[0] = type;
  return bytes;
}

template <class Kind>
void refuses_other_lengths(std::uint8_t type) {
  const auto good = counting(type, Kind::size + 1);
  for (std::size_t length = 0; length <= good.size(); ++length) {
    CAPTURE(length);
    CHECK(parse<Kind>(Bytes{good}.first(length)).has_value() == (length == Kind::size));
  }
}

}  // namespace

TEST_CASE("the fields of an initiation lie where the paper has them", "[noise][message]") {
  const auto message = parse<Initiation>(counting(1, 148)).value();
  CHECK(message[Initiation::sender].front() == 4);
  CHECK(message[Initiation::ephemeral].front() == 8);
  CHECK(message[Initiation::encrypted_static].front() == 40);
  CHECK(message[Initiation::encrypted_timestamp].front() == 88);
  CHECK(message[Initiation::encrypted_timestamp].back() == 115);
}

TEST_CASE("the fields of a response lie where the paper has them", "[noise][message]") {
  const auto message = parse<Response>(counting(2, 92)).value();
  CHECK(message[Response::sender].front() == 4);
  CHECK(message[Response::receiver].front() == 8);
  CHECK(message[Response::ephemeral].front() == 12);
  CHECK(message[Response::encrypted_nothing].front() == 44);
  CHECK(message[Response::encrypted_nothing].back() == 59);
}

TEST_CASE("the fields of a cookie reply lie where the paper has them", "[noise][message]") {
  const auto message = parse<CookieReply>(counting(3, 64)).value();
  CHECK(message[CookieReply::receiver].front() == 4);
  CHECK(message[CookieReply::nonce].front() == 8);
  CHECK(message[CookieReply::encrypted_cookie].front() == 32);
  CHECK(message[CookieReply::encrypted_cookie].back() == 63);
}

TEST_CASE("a handshake message has exactly its length", "[noise][message]") {
  refuses_other_lengths<Initiation>(1);
  refuses_other_lengths<Response>(2);
  refuses_other_lengths<CookieReply>(3);
}

TEST_CASE("a message of another type, or with anything in its reserved bytes, is refused",
          "[noise][message]") {
  CHECK_FALSE(parse<Initiation>(counting(2, 148)));
  for (const std::size_t reserved : {1u, 2u, 3u}) {
    auto bytes = counting(1, 148);
    bytes[reserved] = 1;
    CHECK_FALSE(parse<Initiation>(bytes));
  }
}

TEST_CASE("a new message has its type and zeros", "[noise][message]") {
  CHECK(to_hex(Response{}.bytes()) == "02" + std::string(91 * 2, '0'));
}
