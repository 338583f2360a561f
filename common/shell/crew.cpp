#include "shell/crew.hpp"

#include <algorithm>

namespace culvert::shell {

Crew::Crew(std::size_t workers) {
  for (std::size_t i = 1; i < workers; ++i) helpers_.emplace_back([this] { help(); });
}

Crew::~Crew() {
  {
    const std::lock_guard lock{mutex_};
    ends_ = true;
  }
  wake_.notify_all();
  for (std::thread& helper : helpers_) helper.join();
}

// [tag: run]
void Crew::run(std::span<tunnel::CipherJob> jobs) {
  if (helpers_.empty() || jobs.size() < too_few) {
    for (tunnel::CipherJob& job : jobs) job.run();
    return;
  }
  {
    const std::lock_guard lock{mutex_};
    jobs_ = jobs;
    taken_ = 0;
    ++batch_;
  }
  wake_.notify_all();
  work_on(jobs);

  std::unique_lock lock{mutex_};
  jobs_ = {};  // who wakes up only now comes too late, and is not waited for
  left_.wait(lock, [this] { return helping_ == 0; });
}

void Crew::help() {
  std::unique_lock lock{mutex_};
  for (std::uint64_t seen = 0;;) {
    wake_.wait(lock, [&] { return ends_ || (batch_ != seen && !jobs_.empty()); });
    if (ends_) return;
    seen = batch_;
    const auto jobs = jobs_;
    ++helping_;
    lock.unlock();
    work_on(jobs);
    lock.lock();
    if (--helping_ == 0) left_.notify_one();
  }
}

void Crew::work_on(std::span<tunnel::CipherJob> jobs) {
  for (;;) {
    const std::size_t begin = taken_.fetch_add(share);
    if (begin >= jobs.size()) return;
    for (tunnel::CipherJob& job : jobs.subspan(begin, std::min(share, jobs.size() - begin)))
      job.run();
  }
}
// [end: run]

}  // namespace culvert::shell
