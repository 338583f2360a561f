#include "base/packet_buffer.hpp"

#include <memory>

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

TEST_CASE("a header put in front and a tag behind leave the packet where it lies", "[base]") {
  const auto buffer = std::make_unique<PacketBuffer>();
  copy_bytes(bytes("45 00 00 14"), buffer->writable());
  buffer->set_size(4);
  const std::uint8_t* const packet = buffer->bytes().data();

  copy_bytes(bytes("aa bb"), buffer->prepend(2));
  copy_bytes(bytes("cc"), buffer->append(1));
  CHECK(to_hex(buffer->bytes()) == "aabb45000014cc");

  buffer->drop_front(2);
  buffer->drop_back(1);
  CHECK(buffer->bytes().data() == packet);
  CHECK(to_hex(buffer->bytes()) == "45000014");
}

TEST_CASE("the largest IP packet still leaves its head-room and tail-room", "[base]") {
  const auto buffer = std::make_unique<PacketBuffer>();
  buffer->set_size(PacketBuffer::max_packet);
  CHECK(buffer->prepend(PacketBuffer::head_room).size() == PacketBuffer::head_room);
  CHECK(buffer->append(PacketBuffer::tail_room).size() == PacketBuffer::tail_room);
}

TEST_CASE("a buffer over lent memory uses just that, and never owns it", "[base]") {
  auto room = bytes("00 00 45 00 00 14 00");
  {
    PacketBuffer buffer = PacketBuffer::over(room, 2, 4);
    copy_bytes(bytes("aa bb"), buffer.prepend(2));
    copy_bytes(bytes("cc"), buffer.append(1));
    CHECK(buffer.bytes().data() == room.data());
  }
  CHECK(to_hex(room) == "aabb45000014cc");
}
