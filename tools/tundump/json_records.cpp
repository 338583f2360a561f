#include "json_records.hpp"

#include "inspect/json.hpp"
#include "inspect/text.hpp"
#include "wire/packet.hpp"

namespace culvert::tundump {
namespace {

std::string_view word(SourceFormat format) {
  switch (format) {
    case SourceFormat::pcap:
      return "pcap";
    case SourceFormat::pcapng:
      return "pcapng";
    case SourceFormat::live:
      break;
  }
  return "live";
}

/// Seconds, a point, and always nine digits; in quotes, because no floating-point number holds them.
void append_time(std::string& out, const std::optional<WallTime>& time) {
  if (!time) {
    out += "null";
    return;
  }
  constexpr std::uint64_t second = 1'000'000'000;
  const auto count = time->time_since_epoch().count();
  const auto nanoseconds =
      count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
  out += count < 0 ? "\"-" : "\"";
  inspect::append_decimal(out, nanoseconds / second);
  out += '.';
  inspect::append_padded(out, nanoseconds % second, 9);
  out += '"';
}

void append_number(std::string& out, std::string_view key, std::uint64_t number) {
  out += key;
  inspect::append_decimal(out, number);
}

void append_layers(std::string& out, const capture::CapturedPacket& packet) {
  inspect::append_json_layers(
      out, wire::Packet::walk(packet.bytes, wire::LinkType{packet.link_type}, packet.wire_length));
}

void append_inside(std::string& out, const Inside& inside) {
  out += R"(,"opened":)";
  inspect::append_json_string(out, inside.remark);
  if (!inside.packet) return;
  out += R"(,"inner":)";
  append_layers(out, *inside.packet);
}

}  // namespace

void append_capture_record(std::string& out, const Source& source,
                           std::optional<std::size_t> number) {
  out += R"({"rec":"capture","schema":"tundump-json/1","source":)";
  inspect::append_json_string(out, source.name);
  out += R"(,"format":")";
  out += word(source.format);
  out += '"';
  if (number) append_number(out, R"(,"input":)", *number);
  if (!source.label.empty()) {
    out += R"(,"label":)";
    inspect::append_json_string(out, source.label);
  }
  out += "}\n";
}

void append_packet_record(std::string& out, std::uint64_t number,
                          const capture::CapturedPacket& packet, const JsonOrigin& origin,
                          const Inside& inside) {
  append_number(out, R"({"rec":"packet","n":)", number);
  if (origin.number) append_number(out, R"(,"input":)", *origin.number);
  out += R"(,"ts":)";
  append_time(out, packet.time);
  append_number(out, R"(,"caplen":)", packet.bytes.size());
  append_number(out, R"(,"len":)", packet.wire_length);
  append_number(out, R"(,"linktype":)", packet.link_type);
  if (origin.format == SourceFormat::pcapng) {
    append_number(out, R"(,"section":)", packet.section);
    append_number(out, R"(,"if":)", packet.interface);
  }
  out += R"(,"layers":)";
  append_layers(out, packet);
  if (!inside.remark.empty()) append_inside(out, inside);
  out += "}\n";
}

void append_end_record(std::string& out, std::uint64_t packets,
                       const std::optional<std::string>& error) {
  append_number(out, R"({"rec":"end","packets":)", packets);
  out += R"(,"error":)";
  if (error)
    inspect::append_json_string(out, *error);
  else
    out += "null";
  out += "}\n";
}

}  // namespace culvert::tundump
