#include "shell/control_socket.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <vector>

#include "io/file.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace culvert;
using namespace culvert::shell;

namespace {

/// A socket whose answer is the request with a prefix; everything happens in this thread, as in the real loop.
struct Desk {
  test::TemporaryFolder folder;
  std::string path = folder.path("myvpn.sock");
  std::vector<std::string> requests;
  std::string answer = "errno=0\n\n";
  ControlSocket socket{path, [this](std::string_view request) {
                         requests.emplace_back(request);
                         return answer;
                       }};

  bool has_work() const {
    pollfd entry{socket.fd(), POLLIN, 0};
    return ::poll(&entry, 1, 0) == 1;
  }
  /// As long as there is something to do, but not for ever.
  void work() {
    for (int i = 0; i < 1000 && has_work(); ++i) socket.on_ready();
  }
};

io::FileDescriptor dial(const Desk& desk) {
  auto line = io::call(desk.path);
  REQUIRE(line.has_value());
  return std::move(*line);
}

void say(const io::FileDescriptor& line, std::string text) {
  while (!text.empty()) REQUIRE(io::send_some(line.get(), text));
}

/// What has come by now.
std::string hear(const io::FileDescriptor& line) {
  std::string text;
  std::vector<char> chunk(1 << 20);
  for (ssize_t size = 1; size > 0;) {
    size = ::recv(line.get(), chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (size > 0) text.append(chunk.data(), static_cast<std::size_t>(size));
  }
  return text;
}

}  // namespace

TEST_CASE("a request is answered", "[shell][control_socket]") {
  Desk desk;
  const auto line = dial(desk);
  say(line, "get=1\n\n");
  desk.work();
  CHECK(desk.requests == std::vector<std::string>{"get=1"});
  CHECK(hear(line) == "errno=0\n\n");
}

TEST_CASE("a request that comes in pieces waits for its empty line", "[shell][control_socket]") {
  Desk desk;
  const auto line = dial(desk);
  say(line, "set=1\nlisten_");
  desk.work();
  CHECK(desk.requests.empty());
  say(line, "port=7\n");
  desk.work();
  CHECK(desk.requests.empty());
  say(line, "\n");
  desk.work();
  CHECK(desk.requests == std::vector<std::string>{"set=1\nlisten_port=7"});
}

TEST_CASE("several requests of one caller are answered one after the other",
          "[shell][control_socket]") {
  Desk desk;
  const auto line = dial(desk);
  say(line, "get=1\n\nset=1\n\nget=1\n\n");
  desk.work();
  CHECK(desk.requests == std::vector<std::string>{"get=1", "set=1", "get=1"});
  CHECK(hear(line) == "errno=0\n\nerrno=0\n\nerrno=0\n\n");
}

TEST_CASE("a silent caller holds up nobody", "[shell][control_socket]") {
  Desk desk;
  const auto silent = dial(desk);
  say(silent, "get=1\n");
  const auto line = dial(desk);
  say(line, "get=1\n\n");
  desk.work();
  CHECK(hear(line) == "errno=0\n\n");
  CHECK_FALSE(desk.has_work());
}

TEST_CASE(
    "a caller who does not take a large answer holds up nobody, and gets all of it in the end",
    "[shell][control_socket]") {
  Desk desk;
  desk.answer = std::string(4 << 20, 'x');
  const auto slow = dial(desk);
  say(slow, "get=1\n\nget=1\n\n");
  desk.work();
  CHECK(desk.requests.size() == 1);
  CHECK_FALSE(desk.has_work());
  const auto line = dial(desk);
  say(line, "status=1\n\n");
  desk.work();
  CHECK(desk.requests.size() == 2);
  std::size_t heard = 0;
  for (int i = 0; i < 1000 && heard < 2 * desk.answer.size(); ++i) {
    heard += hear(slow).size();
    desk.work();
  }
  CHECK(heard == 2 * desk.answer.size());
}

TEST_CASE("who hangs up is forgotten", "[shell][control_socket]") {
  Desk desk;
  {
    const auto line = dial(desk);
    say(line, "get=1\n\n");
  }
  desk.work();
  CHECK(desk.requests.size() == 1);
  CHECK_FALSE(desk.has_work());
}

TEST_CASE("who says that there are no more questions still gets the answer",
          "[shell][control_socket]") {
  Desk desk;
  const auto line = dial(desk);
  say(line, "get=1\n\n");
  io::end_of_questions(line);
  desk.work();
  CHECK(io::read_all(line.get()) == "errno=0\n\n");
}

TEST_CASE("an endless request ends its caller", "[shell][control_socket]") {
  Desk desk;
  const auto line = dial(desk);
  std::string piece(65536, 'x');
  bool ended = false;
  for (int i = 0; i < 400 && !ended; ++i) {
    std::string copy = piece;
    ended = !io::send_some(line.get(), copy);
    desk.work();
  }
  CHECK(ended);
}

TEST_CASE("more callers than there is room for: the oldest goes, the newest is served",
          "[shell][control_socket]") {
  Desk desk;
  std::vector<io::FileDescriptor> lines;
  for (int i = 0; i < 70; ++i) {
    lines.push_back(dial(desk));
    desk.work();
  }
  say(lines.back(), "get=1\n\n");
  desk.work();
  CHECK(hear(lines.back()) == "errno=0\n\n");
  CHECK(io::read_all(lines.front().get()).empty());
}

TEST_CASE("deleting the file is noticed", "[shell][control_socket]") {
  Desk desk;
  CHECK_FALSE(desk.socket.is_removed());
  io::remove_file(desk.path);
  CHECK(desk.has_work());
  desk.work();
  CHECK(desk.socket.is_removed());
  CHECK_FALSE(desk.has_work());
}
