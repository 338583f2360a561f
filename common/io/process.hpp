// Running another program, such as `ip` or `nft`, without a shell between us and it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace culvert::io {

struct Finished {
  int exit_status = 0;  // as a shell counts: 128 + signal if one killed it
  std::string output;   // what it printed, errors included
};

/// Runs words[0], found in PATH, and waits for its end; `input` is what it reads. Throws if it cannot be started, or
/// kills it and throws if it does not end within `limit`.
Finished run_process(const std::vector<std::string>& words, const std::string& input = {},
                     std::chrono::milliseconds limit = std::chrono::seconds{10});

/// Asks a process to end, and waits until it has; throws if it does not within `limit`. No complaint if it is gone already.
void end_process(pid_t pid, std::chrono::milliseconds limit = std::chrono::seconds{10});

}  // namespace culvert::io
