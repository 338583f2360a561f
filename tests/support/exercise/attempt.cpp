#include "support/exercise/attempt.hpp"

namespace culvert::exercise {
namespace {

std::vector<std::uint8_t> copy_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

std::string listed(std::string_view whose, const Attempt::Lines& lines,
                   const Attempt::Lines& other) {
  std::string out = fmt::format("{}:\n", whose);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool differs = i >= other.size() || other[i] != lines[i];
    out += fmt::format("{} {}\n", differs ? ">" : " ", lines[i]);
  }
  return lines.empty() ? out + "  (nothing)\n" : out;
}

}  // namespace

void Attempt::expect_lines(std::string_view what, const Lines& yours, const Lines& expected,
                           const Causes<Lines>& known) {
  if (yours == expected) return;
  throw Unmet{fmt::format("{} (> marks what differs)\n{}{}", what,
                          listed("expected", expected, yours), listed("yours", yours, expected)),
              causes_of(yours, expected, known), Kind::plain, listed("yours", yours, {}),
              listed("expected", expected, {})};
}

void Attempt::expect_packet(std::string_view what, const PacketDifference& packets,
                            const Causes<std::vector<std::uint8_t>>& known) {
  if (!packets.any()) return;
  Unmet unmet;
  unmet.text = fmt::format("{}:\n{}\n{}\n{}", what, named_differences(packets),
                           field_table(packets), byte_table(packets));
  unmet.causes = causes_of(copy_of(packets.yours), copy_of(packets.expected), known);
  for (std::string& cause : causes_of(packets)) unmet.causes.push_back(std::move(cause));
  unmet.kind = packets.kind;
  unmet.yours = to_hex(packets.yours);
  unmet.expected = to_hex(packets.expected);
  for (const Bytes packet : {packets.before, packets.expected, packets.yours})
    unmet.packets.push_back(copy_of(packet));
  throw unmet;
}

}  // namespace culvert::exercise
