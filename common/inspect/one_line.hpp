// One line a packet, in tcpdump's grammar, so that eyes and scripts carry over.
#pragma once

#include <string>

#include "inspect/name_source.hpp"
#include "inspect/tcp_sequences.hpp"
#include "inspect/text.hpp"
#include "wire/packet.hpp"

namespace culvert::inspect {

struct LineOptions {
  int verbosity = 0;         // 1: IP header fields and wrong checksums, as tcpdump -v
  bool link_header = false;  // as tcpdump -e
  bool quiet = false;        // as tcpdump -q: addresses, protocol, length
  bool checksums = true;     // say which ones are wrong
  Palette palette = plain;
  NameSource* names = nullptr;  // of hosts and ports; null: numbers
  TcpSequences* sequences =
      nullptr;  // counts TCP numbers from their conversation's beginning; null: as on the wire
};

/// Appends the line, without a line end (with verbosity above 0 an IP packet takes two lines, as in tcpdump).
void append_line(std::string& out, const wire::Packet& packet, const LineOptions& options = {});

std::string one_line(const wire::Packet& packet);

/// The sentence for a damaged header: "IPv4 total length (byte 2): 84 bytes needed, 60 found".
void append_line(std::string& out, const wire::ParseError& error);
std::string one_line(const wire::ParseError& error);

}  // namespace culvert::inspect
