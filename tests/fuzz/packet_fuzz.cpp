#include "fuzz/fuzz.hpp"
#include "wire/packet.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  for (const unsigned link : {0u, 1u, 101u, 113u, 276u}) {
    const auto packet = wire::Packet::walk(bytes, wire::LinkType{static_cast<std::uint16_t>(link)},
                                           bytes.size() + 9);
    std::size_t end = 0;
    for (const auto& at : packet.layers()) {
      expect(at.offset == end, "headers lie one behind the other");
      end += at.header_length;
      use(packet.bytes_of(at), packet.body_of(at));
    }
    expect(end <= bytes.size(), "every header lies inside the bytes");
  }
}
