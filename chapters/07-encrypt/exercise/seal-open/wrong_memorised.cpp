// caught by: what the peer sealed is opened
// cause: the packet is not decrypted in place
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

std::optional<DropReason> Session::open(Instant, MutableBytes) { return std::nullopt; }

}  // namespace culvert::tunnel
