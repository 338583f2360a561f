// CipherJob: one message to be sealed or opened, with all that this takes. It depends on nothing else and changes nothing but
// its own bytes, so many of them may be done in any order and by several threads at once: shell/crew. What has an order,
// counters before and replay windows after it, stays with the engine.
#pragma once

#include "crypto/keys.hpp"

namespace culvert::tunnel {

struct CipherJob {
  enum class Task : std::uint8_t { seal, open };

  Task task;
  bool is_genuine = false;  // afterwards: whether what was opened had the right tag
  std::uint64_t counter;
  crypto::SessionKey key;  // a copy, since its session may end before the job is done
  MutableBytes message_and_tag;

  void run();
};

}  // namespace culvert::tunnel
