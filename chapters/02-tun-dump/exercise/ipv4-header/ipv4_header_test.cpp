// What a parser of IPv4 headers must accept and refuse. The expected answers come from a small parser below that also
// knows how to be wrong in each of the usual ways.
#include <algorithm>

#include "support/exercise/exercise.hpp"
#include "wire/ipv4.hpp"

using namespace culvert;
using namespace culvert::exercise;

namespace {

using Buffer = std::vector<std::uint8_t>;

std::string view_text(std::size_t header, std::size_t payload) {
  return fmt::format("a view: header {} bytes, payload {} bytes", header, payload);
}

std::string_view name_of(wire::Fault fault) {
  switch (fault) {
    case wire::Fault::truncated:
      return "truncated";
    case wire::Fault::bad_version:
      return "bad version";
    case wire::Fault::bad_length:
      return "bad length";
    default:
      return "another fault";
  }
}

std::string error_text(wire::Fault fault, std::size_t needed, std::size_t found) {
  return fmt::format("refused: {}, needed {}, found {}", name_of(fault), needed, found);
}

/// How one may be wrong.
struct Habit {
  bool ihl_in_bytes = false;
  bool version_ignored = false;
  bool short_header_allowed = false;
  bool total_below_header_allowed = false;
  bool padding_kept = false;
  bool little_endian = false;
  bool total_not_compared = false;
  bool total_is_payload = false;
};

std::string outcome(Bytes bytes, bool whole, const Habit& habit) {
  using wire::Fault;
  if (bytes.size() < 20) return error_text(Fault::truncated, 20, bytes.size());
  const std::size_t header =
      (bytes[0] & 0x0fu) * (habit.ihl_in_bytes ? std::size_t{1} : std::size_t{4});
  const auto field = bytes.subspan<2, 2>();
  const std::size_t total = (habit.little_endian ? load_le16(field) : load_be16(field)) +
                            (habit.total_is_payload ? header : 0);
  if (!habit.version_ignored && bytes[0] >> 4 != 4)
    return error_text(Fault::bad_version, 4, bytes[0] >> 4);
  if (!habit.short_header_allowed && header < 20) return error_text(Fault::bad_length, 20, header);
  if (bytes.size() < header) return error_text(Fault::truncated, header, bytes.size());
  if (!habit.total_below_header_allowed && total < header && (total != 0 || whole)) {
    return error_text(Fault::bad_length, header, total);
  }
  if (whole && !habit.total_not_compared && bytes.size() < total)
    return error_text(Fault::truncated, total, bytes.size());
  const std::size_t end =
      habit.padding_kept || total == 0 ? bytes.size() : std::min(total, bytes.size());
  return view_text((bytes[0] & 0x0fu) * std::size_t{4}, end - (bytes[0] & 0x0fu) * std::size_t{4});
}

std::string yours(Bytes bytes, bool whole) {
  const auto view = whole ? wire::Ipv4View::parse(bytes) : wire::Ipv4View::parse_header(bytes);
  if (!view) return error_text(view.error().fault, view.error().needed, view.error().found);
  if (bytes.size() < 20)
    return "a view of less than 20 bytes: reading its fields would leave the packet";
  return view_text(view->header_length(), view->payload().size());
}

void check(Attempt& attempt, const Buffer& packet, bool whole = true) {
  attempt.step(fmt::format("{} of {} bytes: {}", whole ? "parse()" : "parse_header()",
                           packet.size(),
                           to_hex(Bytes{packet}.first(std::min<std::size_t>(packet.size(), 24)))));
  const auto with = [&](const Habit& habit) { return outcome(packet, whole, habit); };
  attempt.expect(
      "the answer", yours(packet, whole), with({}),
      {{"IHL counts words of four bytes, and yours takes it for bytes",
        with({.ihl_in_bytes = true})},
       {"the version is not checked: not every packet is IPv4", with({.version_ignored = true})},
       {"a header below 20 bytes is believed", with({.short_header_allowed = true})},
       {"a total length below the header's is believed",
        with({.total_below_header_allowed = true})},
       {"the padding behind the total length is taken for payload", with({.padding_kept = true})},
       {"the total length has its high byte first (network order)", with({.little_endian = true})},
       {"the total length is not compared with the bytes that are there",
        with({.total_not_compared = true})},
       {"the total length counts the header too, and yours adds it again",
        with({.total_is_payload = true})}});
}

/// A sound packet; options make the header longer than 20 bytes.
Buffer packet(test::SeededRandom& random, std::size_t option_words, std::size_t payload) {
  Buffer out = random.bytes(20 + option_words * 4 + payload);
  out[0] = static_cast<std::uint8_t>(0x45 + option_words);
  store_be16(MutableBytes{out}.subspan<2, 2>(), static_cast<std::uint16_t>(out.size()));
  return out;
}

/// Lengths such as 0x0301: read the wrong way round they are smaller than the packet.
void whole_packets(Attempt& attempt) {
  const std::size_t total = 256 * (2 + attempt.random().below(4)) + attempt.random().below(2);
  check(attempt, packet(attempt.random(), 0, total - 20));
}
void options(Attempt& attempt) {
  check(attempt,
        packet(attempt.random(), 1 + attempt.random().below(10), 1 + attempt.random().below(100)));
}
void padding(Attempt& attempt) {
  Buffer bytes = packet(attempt.random(), attempt.random().below(3), attempt.random().below(20));
  bytes.resize(bytes.size() + 1 + attempt.random().below(30));
  check(attempt, bytes);
}
void truncations(Attempt& attempt) {
  Buffer bytes = packet(attempt.random(), 1 + attempt.random().below(9), 20);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    check(attempt, Buffer(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
}
void other_versions(Attempt& attempt) {
  Buffer bytes = packet(attempt.random(), 0, 40);
  bytes[0] = static_cast<std::uint8_t>(
      (attempt.random().coin() ? 6u : attempt.random().below(4)) << 4 | 5u);
  check(attempt, bytes);
}
void short_headers(Attempt& attempt) {
  Buffer bytes = packet(attempt.random(), 0, 40);
  bytes[0] = static_cast<std::uint8_t>(0x40 | attempt.random().below(5));
  check(attempt, bytes);
}
void lying_totals(Attempt& attempt) {
  Buffer bytes = packet(attempt.random(), 2, 40);
  store_be16(MutableBytes{bytes}.subspan<2, 2>(),
             static_cast<std::uint16_t>(1 + attempt.random().below(27)));
  check(attempt, bytes);
}
void beginnings(Attempt& attempt) {
  Buffer bytes = packet(attempt.random(), attempt.random().below(5), 600);
  bytes.resize(60 + attempt.random().below(100));
  check(attempt, bytes, false);
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"02",
       "ipv4-header",
       {{"a sound packet gives a view of its header and payload", "RFC 791, section 3.1",
         whole_packets},
        {"options belong to the header: IHL says how long it is", "RFC 791, section 3.1 (IHL)",
         options},
        {"what lies behind the total length is padding, not payload",
         "RFC 791, section 3.1 (total length); IEEE 802.3", padding},
        {"every truncation is refused", "RFC 791, section 3.1 (total length)", truncations},
        {"another version is refused", "RFC 791, section 3.1 (version)", other_versions},
        {"a header shorter than 20 bytes is refused", "RFC 791, section 3.1 (IHL: at least 5)",
         short_headers},
        {"a total length below the header's length is refused",
         "RFC 791, section 3.1 (total length)", lying_totals},
        {"parse_header() is content with the beginning of a packet",
         "RFC 792 (an error quotes only a beginning)", beginnings}}},
      argc, argv);
}
