#include "support/show_capture.hpp"

#include "inspect/json.hpp"
#include "inspect/one_line.hpp"
#include "inspect/tree.hpp"

namespace culvert::test {

Shown show_capture(Bytes file, std::size_t skip) {
  auto reader = capture::Reader::open(capture::memory_source(file));
  if (!reader) return {.error = reader.error()};

  Shown shown;
  inspect::TcpSequences sequences{16};  // no more, as fuzzing makes one for each input
  std::string out;
  while (true) {
    const auto next = (*reader)->next();
    if (!next) shown.error = next.error();
    if (!next || !*next) return shown;
    if (++shown.packets <= skip) continue;
    const capture::CapturedPacket& captured = **next;
    const auto packet = wire::Packet::walk(captured.bytes, wire::LinkType{captured.link_type},
                                           captured.wire_length);
    inspect::append_line(out, packet,
                         {.verbosity = 3, .link_header = true, .sequences = &sequences});
    inspect::append_tree(out, packet, inspect::plain);
    inspect::append_json_layers(out, packet);
    shown.characters += out.size();
    out.clear();
  }
}

}  // namespace culvert::test
