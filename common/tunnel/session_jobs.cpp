// What a session says of messages that others seal and open for it; session.cpp does the same in one go.
#include <cassert>

#include "tunnel/data_message.hpp"
#include "tunnel/session.hpp"

namespace culvert::tunnel {

// [tag: jobs]
CipherJob Session::to_seal(MutableBytes message) {
  assert(next_counter_ < reject_after_messages);
  const std::uint64_t counter = next_counter_++;
  data_message::write_header(message.first<data_message::header_size>(), keys_.remote_index,
                             counter);
  return {.task = CipherJob::Task::seal,
          .counter = counter,
          .key = keys_.send,
          .message_and_tag = message.subspan(data_message::header_size)};
}

std::optional<CipherJob> Session::to_open(Instant now, MutableBytes message) const {
  if (!lives(now)) return std::nullopt;
  return CipherJob{.task = CipherJob::Task::open,
                   .counter = data_message::counter(message),
                   .key = keys_.receive,
                   .message_and_tag = message.subspan(data_message::header_size)};
}

std::optional<DropReason> Session::on_opened(bool is_genuine, Bytes message) {
  if (!is_genuine) return DropReason::bad_tag;
  if (!window_.accept(data_message::counter(message))) return DropReason::replayed;
  return std::nullopt;
}
// [end: jobs]

}  // namespace culvert::tunnel
