// The two MACs at the end of both handshake messages, and the cookie. mac1 shows that the sender knows our public key: who
// does not gets no answer, ever. mac2 is asked for under load only: it shows that the sender can receive at its address, so
// a flood from invented addresses costs us one hash each. WireGuard's paper, sections 5.3, 5.4.4 and 5.4.7.
#pragma once

#include "base/endpoint.hpp"
#include "base/time.hpp"
#include "crypto/hash.hpp"
#include "crypto/keys.hpp"
#include "noise/message.hpp"

namespace culvert::noise {

/// A checker's secret changes as often, and a keeper forgets its cookie after that time.
constexpr auto cookie_life = std::chrono::seconds{120};

/// The secret of which all cookies of these two minutes are made.
class CookieSecret final : public crypto::Secret<CookieSecret> {
 public:
  static CookieSecret generate(Random& random);

 private:
  friend Secret;
  using Secret::Secret;
};

/// The side that gets messages: one for each host. The functions take an initiation or a response as bytes.
class CookieChecker {
 public:
  explicit CookieChecker(const crypto::PublicKey& ours);

  bool mac1_fits(Bytes message) const;
  /// Whether the sender has a cookie that we gave to `from` lately.
  bool mac2_fits(Instant now, const Endpoint& from, Bytes message) const;

  /// Instead of an answer to `message`, which has a fitting mac1.
  CookieReply reply(Instant now, const Endpoint& from, Bytes message, Random& random);

 private:
  crypto::Hash mac1_key_;
  crypto::Hash cookie_key_;
  std::optional<CookieSecret> secret_;
  Instant secret_since_{};
};

/// The side that sends messages: one for each peer.
class CookieKeeper {
 public:
  explicit CookieKeeper(const crypto::PublicKey& theirs);

  /// Fills in mac1, and mac2 if there is a cookie. The last thing to be done to a message.
  void add_macs(Instant now, MutableBytes message);

  /// False if it is no answer to the last message that we sent.
  bool consume(Instant now, const CookieReply& reply);

 private:
  crypto::Hash mac1_key_;
  crypto::Hash cookie_key_;
  std::optional<crypto::Mac> last_mac1_;
  std::optional<crypto::Mac> cookie_;
  Instant cookie_since_{};
};

}  // namespace culvert::noise
