// What a session says of messages that others seal and open for it; session.cpp does the same in one go.
#include "tunnel/data_message.hpp"
#include "tunnel/session.hpp"

namespace culvert::tunnel {

// [tag: jobs]
CipherJob Session::to_seal(MutableBytes message) {
  const std::uint64_t counter = write_header(message);
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
// [end: jobs]

}  // namespace culvert::tunnel
