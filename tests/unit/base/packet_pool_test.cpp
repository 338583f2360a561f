#include "base/packet_pool.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("packets of a pool have all their head-room and tail-room, and never overlap", "[base]") {
  PacketPool pool{4096};
  PacketBuffer first = pool.take(1000);
  PacketBuffer second = pool.take(1000);
  for (PacketBuffer* packet : {&first, &second}) {
    packet->prepend(PacketBuffer::head_room);
    packet->append(PacketBuffer::tail_room);
  }
  CHECK(first.bytes().data() + first.size() <= second.bytes().data());
}

TEST_CASE("what is put where the next packets will lie is there when they are taken", "[base]") {
  PacketPool pool{4096};
  pool.take(100);
  for (std::size_t i = 0; i < 2; ++i)
    std::ranges::fill(pool.ahead(i, 1000), static_cast<std::uint8_t>(i + 1));
  CHECK(pool.take(1000).bytes()[999] == 1);
  const PacketBuffer shorter = pool.take(10);
  CHECK(shorter.bytes()[0] == 2);
  CHECK(shorter.bytes()[9] == 2);
}

TEST_CASE("a full pool says so, and has room again when it is cleared", "[base]") {
  PacketPool pool{2000};
  CHECK(pool.has_room(1500));
  pool.take(1500);
  CHECK_FALSE(pool.has_room(1500));
  pool.clear();
  CHECK(pool.has_room(1500));
}
