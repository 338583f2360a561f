#include "io/ready_set.hpp"

#include <unistd.h>

#include <array>

#include "support/catch.hpp"

using namespace culvert::io;

TEST_CASE("a set names what is ready, and forgets what was closed", "[io][ready_set]") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  ReadySet set;
  {
    const FileDescriptor out{ends[0]};
    const FileDescriptor in{ends[1]};
    set.add(out.get(), ReadySet::Wait::to_read);
    CHECK(set.ready().empty());
    REQUIRE(::write(in.get(), "x", 1) == 1);
    CHECK(set.ready() == std::vector{out.get()});
    CHECK(set.ready() == std::vector{out.get()});  // until somebody reads
  }
  CHECK(set.ready().empty());
}
