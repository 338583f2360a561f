#include "support/exercise/attempt.hpp"

namespace culvert::exercise {
namespace {

std::vector<std::uint8_t> copy_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

void Attempt::expect_packet(std::string_view what, const PacketDifference& packets,
                            const Causes<std::vector<std::uint8_t>>& known) {
  if (!packets.any()) return;
  Unmet unmet;
  unmet.text = fmt::format("{}:\n{}\n{}\n{}", what, named_differences(packets),
                           field_table(packets), byte_table(packets));
  unmet.causes = causes_of(copy_of(packets.yours), copy_of(packets.expected), known);
  for (std::string& cause : causes_of(packets)) unmet.causes.push_back(std::move(cause));
  unmet.kind = packets.kind;
  for (const Bytes packet : {packets.before, packets.expected, packets.yours})
    unmet.packets.push_back(copy_of(packet));
  throw unmet;
}

}  // namespace culvert::exercise
