// The side that is spoken to. It opens the initiation, which tells who asks; whoever may ask gets a response.
#pragma once

#include "noise/handshake.hpp"
#include "noise/message.hpp"
#include "noise/timestamp.hpp"

namespace culvert::noise {

/// An initiation that was opened. It is as it left `remote_static`, but perhaps long ago: ask a TimestampGuard.
struct Incoming {
  crypto::PublicKey remote_static;
  Timestamp timestamp;
  crypto::PublicKey remote_ephemeral;
  std::uint32_t remote_index;
  SymmetricState state;
};

/// Nothing if it was not made for us, or was changed on its way.
std::optional<Incoming> consume(const Initiation& initiation, const crypto::KeyPair& local);

struct Answer {
  Response message;  // its MACs are still missing: cookie.hpp
  SessionKeys keys;
  crypto::PrivateKey ephemeral;  // for a key log, and for nobody else
};

/// Uses up `incoming`: a second answer to it would be a second session. Nothing if its keys are no honest ones.
std::optional<Answer> respond(Incoming&& incoming, const crypto::PresharedKey& preshared,
                              std::uint32_t local_index, Random& random);

}  // namespace culvert::noise
