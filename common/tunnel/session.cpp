#include "tunnel/session.hpp"

#include <cassert>

#include "crypto/aead.hpp"
#include "tunnel/data_message.hpp"

namespace culvert::tunnel {

// [tag: seal]
void Session::seal(MutableBytes message) {
  assert(next_counter_ < reject_after_messages);
  const std::uint64_t counter = next_counter_++;
  data_message::write_header(message.first<data_message::header_size>(), keys_.remote_index,
                             counter);
  crypto::seal(keys_.send, counter, {}, message.subspan(data_message::header_size));
}
// [end: seal]

// [tag: open]
std::optional<DropReason> Session::open(Instant now, MutableBytes message) {
  if (!lives(now)) return DropReason::expired_session;
  const std::uint64_t counter = data_message::counter(message);
  const MutableBytes sealed = message.subspan(data_message::header_size);
  if (!crypto::open(keys_.receive, counter, {}, sealed)) return DropReason::bad_tag;
  if (!window_.accept(counter)) return DropReason::replayed;
  return std::nullopt;
}
// [end: open]

}  // namespace culvert::tunnel
