#include "noise/cookie.hpp"

#include <cassert>

#include "crypto/cipher.hpp"

namespace culvert::noise {
namespace {

using crypto::Mac;

constexpr std::size_t mac_size = std::tuple_size_v<Mac>;

crypto::Hash labelled(std::string_view label, const crypto::PublicKey& key) {
  return crypto::hash({as_bytes(label), key.bytes()});
}
crypto::Hash mac1_key(const crypto::PublicKey& key) { return labelled("mac1----", key); }
crypto::Hash cookie_key(const crypto::PublicKey& key) { return labelled("cookie--", key); }

/// An initiation or a response, divided at its end.
template <class Span>
struct MacedMessage {
  explicit MacedMessage(Span message)
      : before_mac1(message.first(message.size() - 2 * mac_size)),
        mac1(message.last(2 * mac_size).template first<mac_size>()),
        before_mac2(message.first(message.size() - mac_size)),
        mac2(message.template last<mac_size>()) {
    assert(message.size() >= CookieReply::size);
  }

  Span before_mac1;
  std::span<typename Span::element_type, mac_size> mac1;
  Span before_mac2;
  std::span<typename Span::element_type, mac_size> mac2;
};

/// What only the owner of `secret` can make, and only who can read what is sent to `from` can have.
Mac cookie_for(const CookieSecret& secret, const Endpoint& from) {
  std::array<std::uint8_t, 18> place{};
  const Bytes address = from.address.bytes();
  copy_bytes(address, place);
  store_be16(MutableBytes{place}.subspan(address.size()).first<2>(), from.port);
  return crypto::mac(secret.bytes(), Bytes{place}.first(address.size() + 2));
}

bool is_young(Instant now, Instant since) { return now - since < cookie_life; }

}  // namespace

CookieSecret CookieSecret::generate(Random& random) {
  std::array<std::uint8_t, size> bytes{};
  random.fill(bytes);
  const CookieSecret secret{bytes};
  crypto::wipe(bytes);
  return secret;
}

CookieChecker::CookieChecker(const crypto::PublicKey& ours)
    : mac1_key_(mac1_key(ours)), cookie_key_(cookie_key(ours)) {}

// [tag: mac1_fits]
bool CookieChecker::mac1_fits(Bytes message) const {
  const MacedMessage<Bytes> parts{message};
  return crypto::equal_in_constant_time(parts.mac1, crypto::mac(mac1_key_, parts.before_mac1));
}
// [end: mac1_fits]

// [tag: mac2_fits]
bool CookieChecker::mac2_fits(Instant now, const Endpoint& from, Bytes message) const {
  if (!secret_ || !is_young(now, secret_since_)) return false;
  const MacedMessage<Bytes> parts{message};
  const Mac expected = crypto::mac(cookie_for(*secret_, from), parts.before_mac2);
  return crypto::equal_in_constant_time(parts.mac2, expected);
}
// [end: mac2_fits]

// [tag: reply]
CookieReply CookieChecker::reply(Instant now, const Endpoint& from, Bytes message, Random& random) {
  if (!secret_ || !is_young(now, secret_since_)) {
    secret_ = CookieSecret::generate(random);
    secret_since_ = now;
  }
  CookieReply reply;
  copy_bytes(message.subspan<4, 4>(), reply[CookieReply::receiver]);  // the message's sender
  random.fill(reply[CookieReply::nonce]);
  copy_bytes(cookie_for(*secret_, from), reply[CookieReply::encrypted_cookie]);
  crypto::encrypt(cookie_key_, reply[CookieReply::nonce], MacedMessage<Bytes>{message}.mac1,
                  reply[CookieReply::encrypted_cookie]);
  return reply;
}
// [end: reply]

CookieKeeper::CookieKeeper(const crypto::PublicKey& theirs)
    : mac1_key_(mac1_key(theirs)), cookie_key_(cookie_key(theirs)) {}

void CookieKeeper::add_macs(Instant now, MutableBytes message) {
  const MacedMessage<MutableBytes> parts{message};
  last_mac1_ = crypto::mac(mac1_key_, parts.before_mac1);
  copy_bytes(*last_mac1_, parts.mac1);
  if (cookie_ && is_young(now, cookie_since_))
    copy_bytes(crypto::mac(*cookie_, parts.before_mac2), parts.mac2);
}

bool CookieKeeper::consume(Instant now, const CookieReply& reply) {
  if (!last_mac1_) return false;
  CookieReply opened = reply;
  const auto cookie_and_tag = opened[CookieReply::encrypted_cookie];
  if (!crypto::decrypt(cookie_key_, reply[CookieReply::nonce], *last_mac1_, cookie_and_tag))
    return false;
  cookie_.emplace();
  copy_bytes(cookie_and_tag.first<mac_size>(), *cookie_);
  cookie_since_ = now;
  return true;
}

}  // namespace culvert::noise
