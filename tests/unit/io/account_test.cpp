#include "io/account.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>

#include "io/daemon.hpp"
#include "support/catch.hpp"

using namespace culvert::io;

namespace {

/// Whether `statement` holds in a process that became user nobody.
bool holds_as_nobody(const std::function<bool()>& statement) {
  return in_child([&] {
           become(find_account("nobody").value());
           return statement() ? 0 : 1;
         }) == 0;
}

}  // namespace

TEST_CASE("users are found by name", "[io][account]") {
  CHECK(find_account("root").value().user == 0);
  CHECK_FALSE(find_account("no such user").has_value());
}

TEST_CASE("who became another user has no rights left", "[io][account]") {
  CHECK(holds_as_nobody([] { return ::socket(AF_PACKET, SOCK_RAW, 0) < 0; }));
  CHECK_FALSE(holds_as_nobody([] { return ::socket(AF_INET, SOCK_DGRAM, 0) < 0; }));
}

TEST_CASE("root that became another user does not come back", "[io][account]") {
  if (::geteuid() != 0) return;  // then we never were root
  CHECK(holds_as_nobody([] { return ::geteuid() == find_account("nobody")->user; }));
  CHECK(holds_as_nobody([] { return ::getegid() == find_account("nobody")->group; }));
  CHECK(holds_as_nobody([] { return ::setuid(0) < 0 && ::setgid(0) < 0; }));
  CHECK(holds_as_nobody([] { return ::open("/etc/shadow", O_RDONLY) < 0; }));
}
