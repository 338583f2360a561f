#include "io/confinement.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <future>
#include <thread>

#include "io/daemon.hpp"
#include "io/file.hpp"
#include "io/file_descriptor.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace culvert::io;

namespace {

/// Whether `statement` holds in a process that is confined.
bool holds_confined(const std::function<bool()>& statement) {
  return in_child([&] {
           confine();
           return statement() ? 0 : 1;
         }) == 0;
}

bool refused(int result) { return result < 0 && (errno == EACCES || errno == EPERM); }

}  // namespace

TEST_CASE("whether a confined process holds a promise can be told", "[io][confinement]") {
  CHECK(holds_confined([] { return true; }));
  CHECK_FALSE(holds_confined([] { return false; }));
}

TEST_CASE("a confined process cannot open a file that it could open before", "[io][confinement]") {
  const culvert::test::TemporaryFolder folder;
  const std::string path = folder.path("key");
  replace_file(path, "secret");
  CHECK(read_file(path) == "secret");
  CHECK(holds_confined([&] { return refused(::open(path.c_str(), O_RDONLY)); }));
  CHECK(holds_confined([&] { return refused(::open("/etc/passwd", O_RDONLY)); }));
}

TEST_CASE("a confined process starts no program and no further process", "[io][confinement]") {
  CHECK(holds_confined([] {
    char name[] = "true";
    char* const arguments[] = {name, nullptr};
    return refused(::execv("/bin/true", arguments));
  }));
  CHECK(holds_confined([] { return refused(::fork()); }));
}

TEST_CASE("threads that start while a process is confined are confined as well",
          "[io][confinement]") {
  CHECK(in_child([] {
          std::promise<void> confined;
          std::future<bool> holds;
          confine([&] {
            holds = std::async(std::launch::async, [&] {
              confined.get_future().wait();
              return refused(::open("/etc/passwd", O_RDONLY)) && refused(::fork()) &&
                     ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
            });
          });
          confined.set_value();
          return holds.get() ? 0 : 1;
        }) == 0);
}

TEST_CASE("a confined process starts no thread any more", "[io][confinement]") {
  CHECK(holds_confined([] {
    try {
      std::thread{[] {}}.join();
      return false;
    } catch (const std::system_error&) {
      return true;
    }
  }));
}

TEST_CASE("a confined process gains no rights, and leaves no dump", "[io][confinement]") {
  CHECK(holds_confined([] { return ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1; }));
  CHECK(holds_confined([] { return ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0; }));
  if (::geteuid() == 0) CHECK(holds_confined([] { return ::setuid(0) < 0; }));
}

TEST_CASE("a confined process still has its network", "[io][confinement]") {
  CHECK(holds_confined([] {
    const FileDescriptor socket{checked(::socket(AF_INET, SOCK_DGRAM, 0), "open a socket")};
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here) == 0;
  }));
}
