#include "fuzz/fuzz.hpp"
#include "support/bytes.hpp"
#include "support/show_capture.hpp"

/// The input as a whole file, and as the only packet of one: half of all mutations would die in the file's header.
void culvert::fuzz::one_input(Bytes bytes) {
  use(test::show_capture(bytes).characters);

  static const auto beginning = test::bytes(
      "d4c3b2a1 02000400 00000000 00000000 00000400 00000000 00000000 00000000 00000000 00000000");
  auto file = beginning;
  store_le32(MutableBytes{file}.subspan<20, 4>(), bytes.size() % 2 == 0 ? 101 : 1);
  store_le32(MutableBytes{file}.subspan<32, 4>(), static_cast<std::uint32_t>(bytes.size()));
  store_le32(MutableBytes{file}.subspan<36, 4>(),
             static_cast<std::uint32_t>(bytes.size() + bytes.size() % 3));
  file.insert(file.end(), bytes.begin(), bytes.end());
  const auto shown = test::show_capture(file);
  expect(shown.packets == 1 && !shown.error, "a file with one packet shows one packet");
}
