// A batch of messages to be sealed and opened again, and what they have to be then.
#pragma once

#include <algorithm>
#include <vector>

#include "crypto/aead.hpp"
#include "tunnel/cipher_job.hpp"

namespace culvert::test {

class SealingJobs {
 public:
  explicit SealingJobs(std::size_t count) : messages_(count, std::vector<std::uint8_t>(size, 7)) {}

  std::vector<tunnel::CipherJob>& to_seal() { return jobs(tunnel::CipherJob::Task::seal); }
  std::vector<tunnel::CipherJob>& to_open() { return jobs(tunnel::CipherJob::Task::open); }

  bool are_sealed() const {
    for (std::size_t i = 0; i < messages_.size(); ++i) {
      std::vector<std::uint8_t> expected(size, 7);
      crypto::seal(key_, i, {}, expected);
      if (messages_[i] != expected) return false;
    }
    return true;
  }
  bool are_open() const {
    return genuine() == messages_.size() && std::ranges::all_of(messages_, [](Bytes message) {
             return std::ranges::all_of(message.first(size - crypto::tag_size),
                                        [](std::uint8_t byte) { return byte == 7; });
           });
  }
  std::size_t genuine() const {
    return static_cast<std::size_t>(
        std::ranges::count(jobs_, true, &tunnel::CipherJob::is_genuine));
  }
  void forge(std::size_t index) { messages_[index][3] ^= 1; }

 private:
  static constexpr std::size_t size = 200;

  std::vector<tunnel::CipherJob>& jobs(tunnel::CipherJob::Task task) {
    jobs_.clear();
    for (std::size_t i = 0; i < messages_.size(); ++i)
      jobs_.push_back({.task = task, .counter = i, .key = key_, .message_and_tag = messages_[i]});
    return jobs_;
  }

  crypto::SessionKey key_ =
      crypto::SessionKey::from_bytes(std::array<std::uint8_t, 32>{1, 2, 3, 4, 5});
  std::vector<std::vector<std::uint8_t>> messages_;
  std::vector<tunnel::CipherJob> jobs_;
};

}  // namespace culvert::test
