// Printer: one captured packet to text, as the options want it.
#pragma once

#include "capture/captured_packet.hpp"
#include "inspect/columns.hpp"
#include "inspect/one_line.hpp"
#include "known_names.hpp"
#include "options.hpp"
#include "source.hpp"
#include "time_stamp.hpp"
#include "tunnels.hpp"

namespace culvert::tundump {

class Printer {
 public:
  Printer(const Options& options, const std::vector<Source>& sources);
  Printer(const Printer&) = delete;  // its parts refer to each other

  /// What stands above the first packet, if anything does.
  std::string heading() const;
  /// `number` is the packet's place among all packets, from 1.
  void append(std::string& out, std::uint64_t number, const capture::CapturedPacket& packet,
              std::size_t source, const Inside& inside = {});

 private:
  void append_fields(std::string& out, std::uint64_t number,
                     const capture::CapturedPacket& captured, const wire::Packet& packet,
                     std::size_t source);
  void append_line(std::string& out, std::uint64_t number, const capture::CapturedPacket& captured,
                   const wire::Packet& packet, std::size_t source);
  void append_inside(std::string& out, const Inside& inside) const;
  void append_form(std::string& out, const wire::Packet& packet) const;
  void append_bytes(std::string& out, const wire::Packet& packet) const;

  const Options& options_;
  inspect::TcpSequences sequences_;
  std::optional<KnownNames> names_;  // only with --names
  inspect::LineOptions line_;
  TimeStamp time_;
  std::optional<inspect::Columns> columns_;  // of --fields
  std::vector<std::string>
      labels_;  // of the sources, filled up to one width; empty where none has one
};

}  // namespace culvert::tundump
