#include "io/daemon.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "io/file_descriptor.hpp"

namespace culvert::io {
namespace {

/// In the child: no destructor of what it inherited may run there, for the parent will do that.
[[noreturn]] void end_child(const std::function<int()>& work) {
  int status = EXIT_FAILURE;
  try {
    status = work();
  } catch (const std::exception& error) {
    fmt::print(stderr, "culvert: {}\n", error.what());
  }
  std::fflush(nullptr);
  ::_exit(status);
}

/// What was printed before must not be printed by both.
pid_t fork_process() {
  std::fflush(nullptr);
  return checked(::fork(), "start a process");
}

int status_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

void let_the_terminal_go() {
  std::fflush(nullptr);
  const FileDescriptor null{checked(::open("/dev/null", O_RDWR | O_CLOEXEC), "open /dev/null")};
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    checked(::dup2(null.get(), fd), "let the terminal go");
}

int in_background(const std::function<int(const Ready&)>& work, bool keep_terminal) {
  std::array<int, 2> ends{};
  checked(::pipe2(ends.data(), O_CLOEXEC), "make a pipe");
  const FileDescriptor news{ends[0]};
  FileDescriptor end_for_child{ends[1]};
  const pid_t child = fork_process();
  if (child == 0) {
    ::setsid();  // a closed terminal is no reason to end
    end_child([&] {
      return work([&] {
        if (!keep_terminal) let_the_terminal_go();
        // Our parent is gone if this fails, and the terminal with it.
        [[maybe_unused]] const auto written = ::write(end_for_child.get(), "!", 1);
      });
    });
  }
  { const FileDescriptor closed{std::move(end_for_child)}; }
  char sign = 0;
  ssize_t size = 0;
  while ((size = ::read(news.get(), &sign, 1)) < 0 && errno == EINTR) continue;
  return size == 1 ? EXIT_SUCCESS : status_of(child);
}

int in_child(const std::function<int()>& work) {
  sigset_t awaited;
  sigemptyset(&awaited);
  for (const int signal : {SIGCHLD, SIGINT, SIGTERM, SIGHUP}) sigaddset(&awaited, signal);
  checked(::sigprocmask(SIG_BLOCK, &awaited, nullptr), "block signals");
  const pid_t parent = ::getpid();
  const pid_t child = fork_process();
  if (child == 0) {
    end_child([&] {
      checked(::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0), "tie a child to its parent");
      return ::getppid() == parent ? work() : EXIT_FAILURE;
    });
  }
  while (true) {
    siginfo_t info{};
    const int signal = ::sigwaitinfo(&awaited, &info);
    if (signal == SIGCHLD && info.si_pid == child) return status_of(child);
    if (signal > 0 && signal != SIGCHLD) ::kill(child, SIGTERM);
  }
}

}  // namespace culvert::io
