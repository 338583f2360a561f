#include "io/process.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "io/failure.hpp"
#include "io/file.hpp"
#include "io/file_descriptor.hpp"

namespace culvert::io {
namespace {

/// How the child begins: files in memory as its input and output, no signal blocked, and a process group of its own,
/// so that a second Ctrl-C in the terminal does not kill the very command that is cleaning up.
class SpawnPlan {
 public:
  SpawnPlan(int input, int output) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files_, output, STDERR_FILENO);
    sigset_t none;
    sigset_t broken_pipe;
    sigemptyset(&none);
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &broken_pipe);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }

  pid_t start(const std::vector<std::string>& words) const {
    std::vector<std::string> copies{words};
    std::vector<char*> arguments;
    for (std::string& word : copies) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t pid = 0;
    const int error =
        ::posix_spawnp(&pid, arguments[0], &files_, &attributes_, arguments.data(), environ);
    if (error != 0) fail("run " + words[0], error);
    return pid;
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

FileDescriptor file_in_memory(const char* name) {
  return FileDescriptor{checked(::memfd_create(name, MFD_CLOEXEC), "make a file in memory")};
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) fail("wait for a program");
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// A process that is watched becomes readable at its end.
bool is_readable_within(std::chrono::milliseconds limit, int fd) {
  pollfd entry{fd, POLLIN, 0};
  int ready = 0;
  do ready = ::poll(&entry, 1, static_cast<int>(limit.count()));
  while (ready < 0 && errno == EINTR);
  return ready != 0;
}

bool ends_within(std::chrono::milliseconds limit, pid_t pid) {
  const FileDescriptor process{
      checked(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)), "watch a program")};
  return is_readable_within(limit, process.get());
}

}  // namespace

Finished run_process(const std::vector<std::string>& words, const std::string& input,
                     std::chrono::milliseconds limit) {
  const FileDescriptor in = file_in_memory("input");
  const FileDescriptor out = file_in_memory("output");
  write_all(in.get(), input);
  checked(static_cast<int>(::lseek(in.get(), 0, SEEK_SET)), "go back to the input's beginning");

  const pid_t pid = SpawnPlan{in.get(), out.get()}.start(words);
  const bool in_time = ends_within(limit, pid);
  if (!in_time) ::kill(pid, SIGKILL);
  const int exit_status = wait_for(pid);
  if (!in_time) {
    throw std::system_error(std::make_error_code(std::errc::timed_out),
                            fmt::format("run {}", fmt::join(words, " ")));
  }
  checked(static_cast<int>(::lseek(out.get(), 0, SEEK_SET)), "go back to the output's beginning");
  return {exit_status, read_all(out.get())};
}

void end_process(pid_t pid, std::chrono::milliseconds limit) {
  const int opened = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (opened < 0 && errno == ESRCH) return;
  const FileDescriptor process{checked(opened, "watch a process")};
  checked(::kill(pid, SIGTERM), "ask a process to end");
  if (!is_readable_within(limit, process.get())) {
    throw std::system_error(std::make_error_code(std::errc::timed_out),
                            fmt::format("wait for the end of process {}", pid));
  }
}

}  // namespace culvert::io
