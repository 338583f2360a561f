// The side that speaks first. It sends the initiation and waits for the response.
#pragma once

#include "noise/handshake.hpp"
#include "noise/message.hpp"
#include "noise/timestamp.hpp"

namespace culvert::noise {

/// Between the two messages.
class AwaitingResponse {
 public:
  AwaitingResponse(SymmetricState state, crypto::KeyPair ephemeral, std::uint32_t local_index)
      : state_(std::move(state)), ephemeral_(std::move(ephemeral)), local_index_(local_index) {}

  /// The keys, if the response is genuine. A forged one changes nothing: the genuine one may still be on its way. Whoever
  /// has the keys throws this state away.
  std::optional<SessionKeys> consume(const Response& response, const crypto::KeyPair& local,
                                     const crypto::PresharedKey& preshared) const;

  std::uint32_t local_index() const { return local_index_; }
  /// For a key log, and for nobody else.
  const crypto::PrivateKey& ephemeral() const { return ephemeral_.private_key; }
  const SymmetricState& symmetric() const { return state_; }

 private:
  SymmetricState state_;
  crypto::KeyPair ephemeral_;
  std::uint32_t local_index_;
};

struct Opening {
  Initiation message;  // its MACs are still missing: cookie.hpp
  AwaitingResponse next;
};

/// How this side calls the session, and when it asked for it.
struct Request {
  std::uint32_t local_index;
  Timestamp timestamp;
};

/// Nothing if `remote` is no honest public key.
std::optional<Opening> initiate(const crypto::KeyPair& local, const crypto::PublicKey& remote,
                                const Request& request, Random& random);

}  // namespace culvert::noise
