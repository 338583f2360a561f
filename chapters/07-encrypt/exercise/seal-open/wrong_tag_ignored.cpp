// caught by: one bit changed on the way, and the message is refused
// cause: the tag is not looked at: anybody may change the packet
#include <cassert>

#include "crypto/aead.hpp"
#include "tunnel/data_message.hpp"
#include "tunnel/session.hpp"

namespace culvert::tunnel {

void Session::seal(MutableBytes message) {
  assert(next_counter_ < reject_after_messages);
  const std::uint64_t counter = next_counter_++;
  data_message::write_header(message.first<data_message::header_size>(), keys_.remote_index,
                             counter);
  crypto::seal(keys_.send, counter, {}, message.subspan(data_message::header_size));
}

std::optional<DropReason> Session::open(Instant now, MutableBytes message) {
  if (!lives(now)) return DropReason::expired_session;
  const std::uint64_t counter = data_message::counter(message);
  const MutableBytes sealed = message.subspan(data_message::header_size);
  crypto::seal(keys_.receive, counter, {}, sealed);  // the stream, laid over the packet once more
  if (!window_.accept(counter)) return DropReason::replayed;
  return std::nullopt;
}

}  // namespace culvert::tunnel
