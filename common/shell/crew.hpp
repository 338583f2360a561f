// Crew: threads that seal and open the packets of one batch together with their caller. Nothing that they touch is shared: each
// job has its own bytes, key and counter. What is shared is the list, and who has taken what from it; order is no matter,
// since the caller goes on only when all are done.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "tunnel/cipher_job.hpp"

namespace culvert::shell {

class Crew {
 public:
  /// So few jobs are done before a helper is awake.
  static constexpr std::size_t too_few = 16;

  /// With `workers` at least 1: the caller of run(), and a thread for each other.
  explicit Crew(std::size_t workers);
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew();

  /// All jobs are done when it returns.
  void run(std::span<tunnel::CipherJob> jobs);

 private:
  /// One job would be asked for too often, too many would leave the last one working alone.
  static constexpr std::size_t share = 4;

  void help();
  void work_on(std::span<tunnel::CipherJob> jobs);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable left_;
  std::span<tunnel::CipherJob> jobs_;  // empty while there is nothing to help with
  std::uint64_t batch_ = 0;            // so that nobody takes part in one twice
  std::size_t helping_ = 0;
  bool ends_ = false;

  std::atomic<std::size_t> taken_ = 0;  // of the jobs, from the front
  std::vector<std::thread> helpers_;
};

}  // namespace culvert::shell
