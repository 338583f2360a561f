// Columns: chosen fields of a packet, tab-separated, for spreadsheets and shell pipes. The values are those of --json.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "wire/packet.hpp"

namespace culvert::inspect {

/// What the capture knows about a packet, and its bytes do not tell.
struct Envelope {
  std::uint64_t number = 0;
  std::optional<WallTime> time = std::nullopt;
  std::string_view label = {};
};

class Columns {
 public:
  /// "packet.time,ipv4.src,udp.dst_port". The error is a sentence that names the first unknown field.
  static Result<Columns, std::string> parse(std::string_view list);

  /// The names, tab-separated, with a line end.
  std::string header() const;
  /// The values. A field that the packet has not is empty; one that it has several times (a packet inside another) is
  /// given as often, outermost first, with commas between.
  void append(std::string& out, const wire::Packet& packet, const Envelope& envelope);

 private:
  std::vector<std::string> names_;
  std::vector<std::string> values_;  // used again for every packet
  std::string json_;
};

/// What the capture itself knows: names and meanings for --list-fields.
struct EnvelopeField {
  std::string_view name;
  std::string_view label;
};
inline constexpr EnvelopeField envelope_fields[] = {
    {"packet.number", "place in the input, from 1"},
    {"packet.time", "seconds since 1970"},
    {"packet.caplen", "bytes captured"},
    {"packet.len", "bytes on the wire"},
    {"packet.label", "label of the input"},
};

}  // namespace culvert::inspect
