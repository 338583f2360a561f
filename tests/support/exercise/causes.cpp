#include "support/exercise/causes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "support/reference_checksum.hpp"

namespace culvert::exercise {
namespace {

/// One field that differs, with all that a rule wants to look at.
struct Clue {
  const PacketDifference& difference;
  const HeaderField& field;
  std::uint64_t yours;
  std::uint64_t expected;
  std::optional<std::uint64_t> before;

  bool is_checksum() const { return field.name.ends_with("checksum"); }
};

std::uint64_t swapped(std::uint64_t value, std::size_t bits) {
  std::uint64_t out = 0;
  for (std::size_t shift = 0; shift < bits; shift += 8) out = out << 8 | (value >> shift & 0xffu);
  return out;
}

std::uint16_t fold(std::uint64_t sum) {
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(sum);
}

std::uint16_t complement(std::uint64_t sum) { return static_cast<std::uint16_t>(~sum); }

std::uint64_t plain_sum(Bytes bytes) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    sum += i % 2 == 0 ? std::uint64_t{bytes[i]} << 8 : bytes[i];
  return sum;
}

/// What an IPv4 or ICMP checksum of the learner's packet covers, the checksum itself as zero. Of the others the pseudo
/// header would have to be known: nothing.
struct Covered {
  std::vector<std::uint8_t> bytes;
  std::uint16_t right;  // the checksum that these bytes deserve
};

std::optional<Covered> covered(const Clue& clue) {
  const Bytes packet = clue.difference.yours;
  const std::size_t start =
      clue.field.header == "IPv4" ? clue.field.first_byte() - 10 : clue.field.first_byte() - 2;
  if (clue.field.header != "IPv4" && clue.field.header != "ICMP") return std::nullopt;
  if (clue.field.last_byte() >= packet.size()) return std::nullopt;
  const std::size_t header = (packet[start] & 0x0fu) * std::size_t{4};
  const std::size_t size =
      clue.field.header == "IPv4" ? std::min(header, packet.size() - start) : packet.size() - start;
  Covered out{{packet.begin() + static_cast<std::ptrdiff_t>(start),
               packet.begin() + static_cast<std::ptrdiff_t>(start + size)},
              0};
  const std::size_t at = clue.field.first_byte() - start;
  if (at + 1 >= out.bytes.size()) return std::nullopt;
  out.bytes[at] = out.bytes[at + 1] = 0;
  out.right = complement(test::reference_sum(out.bytes));
  return out;
}

using Rule = std::optional<std::string> (*)(const Clue&);

std::optional<std::string> when(bool holds, std::string_view what, const Clue& clue) {
  if (!holds) return std::nullopt;
  return fmt::format("{}: {} {}", clue.field.name, clue.field.header, what);
}

std::optional<std::string> byte_order(const Clue& clue) {
  const bool whole_bytes =
      clue.field.bits >= 16 && clue.field.bits % 8 == 0 && clue.field.form != Form::mac;
  return when(whole_bytes && clue.yours == swapped(clue.expected, clue.field.bits),
              "wants the high byte first (network order), and yours is swapped", clue);
}

std::optional<std::string> left_unchanged(const Clue& clue) {
  return when(!clue.is_checksum() && clue.before == clue.yours, "still has the value from before",
              clue);
}

std::optional<std::string> payload_length(const Clue& clue) {
  return when(clue.field.name == "total length" && clue.yours + 20 == clue.expected,
              "counts the header too, and yours counts the payload alone", clue);
}

std::optional<std::string> ihl_in_bytes(const Clue& clue) {
  return when(clue.field.name == "IHL" && clue.yours == (clue.expected * 4 & 0x0fu),
              "counts words of four bytes, and yours counts bytes", clue);
}

std::optional<std::string> checksum_not_updated(const Clue& clue) {
  return when(clue.is_checksum() && clue.before == clue.yours,
              "was changed, but its checksum is still the old one", clue);
}

std::optional<std::string> checksum_rule(const Clue& clue) {
  const auto sum = clue.is_checksum() ? covered(clue) : std::nullopt;
  if (!sum || sum->right == clue.yours)
    return std::nullopt;  // right for what it covers: another field is the culprit
  const std::uint64_t plain = plain_sum(sum->bytes);
  const struct {
    std::uint64_t gives;
    std::string_view mistake;
  } known[] = {
      {fold(plain), "wants the complement of the sum, and yours is the sum itself"},
      {complement(plain & 0xffff),
       "forgot the carry: what falls out at the top is added at the bottom (RFC 1071)"},
      {swapped(sum->right, 16), "wants the high byte first (network order), and yours is swapped"},
      {complement(fold(plain + clue.before.value_or(0))),
       "counts its own field as zero, and yours counts the old value"},
      {complement(test::reference_sum(
           Bytes{sum->bytes}.first(std::min<std::size_t>(20, sum->bytes.size())))),
       "covers the options too, and yours ends after 20 bytes"},
  };
  for (const auto& [gives, mistake] : known) {
    if (gives == clue.yours) return when(true, mistake, clue);
  }
  return std::nullopt;
}

constexpr Rule rules[] = {byte_order,   left_unchanged,       payload_length,
                          ihl_in_bytes, checksum_not_updated, checksum_rule};

}  // namespace

std::vector<std::string> causes_of(const PacketDifference& difference) {
  std::vector<std::string> fields;
  std::vector<std::string>
      checksums;  // often only the consequence of a wrong field: they come last
  for (const HeaderField& field : difference.differing()) {
    const auto yours = value_of(field, difference.yours);
    const auto expected = value_of(field, difference.expected);
    if (!yours || !expected) continue;
    const Clue clue{difference, field, *yours, *expected, value_of(field, difference.before)};
    for (const Rule rule : rules) {
      if (auto sentence = rule(clue)) {
        (clue.is_checksum() ? checksums : fields).push_back(std::move(*sentence));
        break;
      }
    }
  }
  fields.insert(fields.end(), checksums.begin(), checksums.end());
  return fields;
}

}  // namespace culvert::exercise
