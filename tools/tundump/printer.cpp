#include "printer.hpp"

#include <algorithm>

#include "cli/run_program.hpp"
#include "inspect/byte_map.hpp"
#include "inspect/checksum_steps.hpp"
#include "inspect/drawing.hpp"
#include "inspect/hex_dump.hpp"
#include "inspect/text.hpp"
#include "inspect/tree.hpp"

namespace culvert::tundump {
namespace {

/// What -x shows and -xx adds to: the packet behind its link header.
Bytes without_link_header(const wire::Packet& packet) {
  if (packet.layers().empty()) return packet.bytes();
  const wire::LayerAt& first = packet.layers()[0];
  switch (first.layer) {
    case wire::Layer::ethernet:
    case wire::Layer::linux_cooked:
    case wire::Layer::linux_cooked_2:
    case wire::Layer::loopback:
      return packet.bytes().subspan(first.header_length);
    default:
      return packet.bytes();
  }
}

inspect::Columns parse_columns(const std::string& list) {
  auto columns = inspect::Columns::parse(list);
  if (!columns) throw cli::UsageError("--fields: " + columns.error());
  return std::move(*columns);
}

bool has_nanoseconds(const Options& options, const std::vector<Source>& sources) {
  return options.nanoseconds ||
         std::any_of(sources.begin(), sources.end(),
                     [](const Source& source) { return source.nanoseconds; });
}

/// The labels, each as wide as the longest and a blank between it and what follows.
std::vector<std::string> columns(const std::vector<Source>& sources) {
  std::size_t width = 0;
  for (const Source& source : sources) width = std::max(width, source.label.size());
  std::vector<std::string> labels;
  for (const Source& source : sources) {
    labels.push_back(width == 0 ? ""
                                : source.label + std::string(width + 2 - source.label.size(), ' '));
  }
  return labels;
}

}  // namespace

Printer::Printer(const Options& options, const std::vector<Source>& sources)
    : options_(options),
      time_(options.time_form, has_nanoseconds(options, sources)),
      labels_(columns(sources)) {
  line_.verbosity = options.verbosity;
  line_.link_header = options.link_header;
  line_.quiet = options.quiet;
  line_.checksums = options.checksums != Checksums::off;
  if (!options.absolute_sequences) line_.sequences = &sequences_;
  if (options.names) line_.names = &names_.emplace();
  if (cli::use_colour(options.colour)) line_.palette = inspect::ansi;
  if (options.form == Form::fields) columns_ = parse_columns(options.fields);
}

std::string Printer::heading() const {
  return columns_ && options_.header ? columns_->header() : std::string{};
}

void Printer::append(std::string& out, std::uint64_t number,
                     const capture::CapturedPacket& captured, std::size_t source,
                     const Inside& inside) {
  const auto packet =
      wire::Packet::walk(captured.bytes, wire::LinkType{captured.link_type}, captured.wire_length);
  if (columns_) {
    append_fields(out, number, captured, packet, source);
    return;
  }
  append_line(out, number, captured, packet, source);
  append_form(out, packet);
  if (options_.checksums == Checksums::show) inspect::append_checksum_steps(out, packet);
  append_bytes(out, packet);
  if (!inside.remark.empty() && !options_.inner) append_inside(out, inside);
}

/// What was found in a tunnel, below the packet around it.
void Printer::append_inside(std::string& out, const Inside& inside) const {
  out += line_.palette.dim;
  out += "    inside, " + inside.remark;
  out += line_.palette.reset;
  if (!inside.packet) {
    out += '\n';
    return;
  }
  const auto inner =
      wire::Packet::walk(inside.packet->bytes, wire::LinkType::raw_ip, inside.packet->wire_length);
  out += ": ";
  inspect::append_line(out, inner, line_);
  out += '\n';
  append_form(out, inner);
  append_bytes(out, inner);
}

void Printer::append_fields(std::string& out, std::uint64_t number,
                            const capture::CapturedPacket& captured, const wire::Packet& packet,
                            std::size_t source) {
  const std::string_view padded = labels_[source];
  const std::string_view label = padded.substr(0, padded.find_last_not_of(' ') + 1);
  columns_->append(out, packet, {.number = number, .time = captured.time, .label = label});
}

void Printer::append_line(std::string& out, std::uint64_t number,
                          const capture::CapturedPacket& captured, const wire::Packet& packet,
                          std::size_t source) {
  if (options_.number) {
    inspect::append_decimal(out, number);
    out += "  ";
  }
  out += line_.palette.time;
  time_.append(out, captured.time);
  out += line_.palette.reset;
  out += labels_[source];
  inspect::append_line(out, packet, line_);
  out += '\n';
}

void Printer::append_form(std::string& out, const wire::Packet& packet) const {
  using inspect::Explanations;
  if (options_.form == Form::bytes) inspect::append_byte_map(out, packet, line_.palette);
  if (options_.form == Form::draw) inspect::append_drawing(out, packet);
  if (options_.explain || options_.form == Form::tree) {
    inspect::append_tree(out, packet, line_.palette,
                         options_.explain ? Explanations::behind_each_field : Explanations::none);
  }
}

void Printer::append_bytes(std::string& out, const wire::Packet& packet) const {
  const auto part = [&](int times) {
    return times > 1 ? packet.bytes() : without_link_header(packet);
  };
  if (options_.hex_and_text > 0) inspect::append_hex_and_text(out, part(options_.hex_and_text));
  if (options_.hex > 0 && options_.hex_and_text == 0)
    inspect::append_hex_dump(out, part(options_.hex));
  if (options_.text) {
    inspect::append_text(out, part(1));
    out += '\n';
  }
}

}  // namespace culvert::tundump
