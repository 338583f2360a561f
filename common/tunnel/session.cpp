#include "tunnel/session.hpp"

#include <cassert>

#include "crypto/aead.hpp"
#include "tunnel/data_message.hpp"

namespace culvert::tunnel {

// [tag: seal]
std::uint64_t Session::write_header(MutableBytes message) {
  assert(next_counter_ < reject_after_messages);
  const std::uint64_t counter = next_counter_++;
  data_message::write_header(message.first<data_message::header_size>(), keys_.remote_index,
                             counter);
  return counter;
}

void Session::seal(MutableBytes message) {
  const std::uint64_t counter = write_header(message);
  crypto::seal(keys_.send, counter, {}, message.subspan(data_message::header_size));
}
// [end: seal]

// [tag: open]
std::optional<DropReason> Session::open(Instant now, MutableBytes message) {
  if (!lives(now)) return DropReason::expired_session;
  const std::uint64_t counter = data_message::counter(message);
  const MutableBytes sealed = message.subspan(data_message::header_size);
  return on_opened(crypto::open(keys_.receive, counter, {}, sealed), message);
}

std::optional<DropReason> Session::on_opened(bool is_genuine, Bytes message) {
  if (!is_genuine) return DropReason::bad_tag;
  if (!window_.accept(data_message::counter(message))) return DropReason::replayed;
  return std::nullopt;
}
// [end: open]

}  // namespace culvert::tunnel
