#include "io/unix_socket.hpp"

#include <sys/stat.h>

#include <fstream>

#include "io/file.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace culvert::io;

TEST_CASE("who calls a path reaches its listener, and learns who that is", "[io][unix_socket]") {
  const culvert::test::TemporaryFolder folder;
  UnixListener listener{folder.path("new/a.sock")};
  CHECK_FALSE(listener.accept());
  const auto line = call(folder.path("new/a.sock"));
  REQUIRE(line.has_value());
  CHECK(who_listens(*line) == ::getpid());
  const auto caller = listener.accept();
  REQUIRE(caller.has_value());

  std::string question = "how are you?";
  REQUIRE(send_some(line->get(), question));
  CHECK(question.empty());
  std::string heard;
  CHECK(receive_some(caller->get(), heard));
  CHECK(heard == "how are you?");
  CHECK(receive_some(caller->get(), heard));  // nothing more yet
  end_of_questions(*line);
  CHECK_FALSE(receive_some(caller->get(), heard));
}

TEST_CASE("only the owner may call", "[io][unix_socket]") {
  const culvert::test::TemporaryFolder folder;
  const UnixListener listener{folder.path("a.sock")};
  struct stat status {};
  REQUIRE(::stat(folder.path("a.sock").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("nobody listens where there is no file, and none is left at the end",
          "[io][unix_socket]") {
  const culvert::test::TemporaryFolder folder;
  { const UnixListener listener{folder.path("a.sock")}; }
  CHECK_FALSE(call(folder.path("a.sock")));
  CHECK_FALSE(read_file(folder.path("a.sock")).has_value());
}

TEST_CASE("a living listener keeps its path", "[io][unix_socket]") {
  const culvert::test::TemporaryFolder folder;
  UnixListener first{folder.path("a.sock")};
  CHECK_THROWS_WITH(UnixListener{folder.path("a.sock")}, Catch::Contains("in use"));
  CHECK(call(folder.path("a.sock")).has_value());
}

TEST_CASE("the file of a dead listener is replaced", "[io][unix_socket]") {
  const culvert::test::TemporaryFolder folder;
  const std::string saved = folder.path("saved.sock");
  {
    const UnixListener dead{folder.path("a.sock")};
    REQUIRE(::link(folder.path("a.sock").c_str(), saved.c_str()) == 0);
  }
  REQUIRE(::rename(saved.c_str(), folder.path("a.sock").c_str()) == 0);
  UnixListener next{folder.path("a.sock")};
  CHECK(call(folder.path("a.sock")).has_value());
}

TEST_CASE("a listener sees that its file was removed, and leaves another one alone",
          "[io][unix_socket]") {
  const culvert::test::TemporaryFolder folder;
  {
    UnixListener listener{folder.path("a.sock")};
    CHECK_FALSE(listener.is_removed());
    remove_file(folder.path("a.sock"));
    CHECK(listener.is_removed());
    replace_file(folder.path("a.sock"), "somebody else's");
  }
  CHECK(read_file(folder.path("a.sock")) == "somebody else's");
}

TEST_CASE("a listener whose folder has been shut to it still knows whether its file is there",
          "[io][unix_socket]") {
  const culvert::test::TemporaryFolder folder;
  UnixListener listener{folder.path("shut/a.sock")};
  REQUIRE(::rename(folder.path("shut").c_str(), folder.path("elsewhere").c_str()) == 0);
  CHECK_FALSE(listener.is_removed());  // what it cannot see by its path is not gone
  remove_file(folder.path("elsewhere/a.sock"));
  CHECK(listener.is_removed());
}
