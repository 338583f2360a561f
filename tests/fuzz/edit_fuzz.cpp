#include "fuzz/fuzz.hpp"
#include "support/reference_checksum.hpp"
#include "wire/edit.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  std::vector<std::uint8_t> packet(bytes.begin(), bytes.end());
  const bool sound = wire::parse_packet(packet).has_value() && test::checksums_hold(packet);
  auto editor =
      sound ? wire::PacketEditor::parse(packet) : wire::PacketEditor::parse_quoted(packet);
  if (!editor) return;
  editor->set_source(editor->destination());
  editor->set_hops_left(editor->hops_left() / 2);
  if (editor->has_ports())
    editor->set_source_port(static_cast<std::uint16_t>(editor->destination_port() * 7));
  expect(!sound || test::checksums_hold(packet),
         "an edited packet's checksums hold if they held before");
}
