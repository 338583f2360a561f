#include <algorithm>
#include <array>

#include "inspect/line_writer.hpp"
#include "wire/tunnel_message.hpp"
#include "wire/udp.hpp"

namespace culvert::inspect {

namespace {
constexpr std::uint16_t http_port = 80;
}  // namespace

void LineWriter::udp(std::size_t index) {
  const LayerAt& at = packet_.layers()[index];
  const auto udp = packet_.view<wire::UdpView>(at);
  if (!udp) {
    protocol("UDP");
    return;
  }
  if (options_.verbosity > 0) bad_checksum(index, "udp");
  if (!options_.quiet && index + 1 < packet_.layers().size() &&
      packet_.layers()[index + 1].layer == Layer::dns) {
    return dns(packet_.layers()[index + 1]);
  }
  if (index + 1 < packet_.layers().size() &&
      packet_.layers()[index + 1].layer == Layer::tunnel_message) {
    protocol("Culvert");
    const bool hello = packet_.layers()[index + 1].length == wire::tunnel_header_size;
    out_ += hello ? ", hello" : ", in clear: ";
    return hello ? void() : layer(index + 2);
  }
  protocol("UDP");
  // What the header says, even if it lies; a jumbogram says nothing.
  length((udp->length() != 0 ? udp->length() : at.length) - at.header_length);
}

void LineWriter::tcp(std::size_t index) {
  const LayerAt& at = packet_.layers()[index];
  const auto tcp = packet_.view<wire::TcpView>(at);
  if (!tcp) {
    protocol("TCP");
    return;
  }
  if (options_.quiet) {
    protocol("tcp");
    number(" ", at.length - at.header_length);
    return;
  }
  using View = wire::TcpView;
  struct Letter {
    unsigned flag;
    char letter;
  };
  constexpr std::array<Letter, 9> letters{{{View::fin, 'F'},
                                           {View::syn, 'S'},
                                           {View::rst, 'R'},
                                           {View::psh, 'P'},
                                           {View::ack, '.'},
                                           {View::urg, 'U'},
                                           {View::ece, 'E'},
                                           {View::cwr, 'W'},
                                           {View::ae, 'e'}}};
  protocol("Flags");
  out_ += " [";
  for (const auto& [flag, letter] : letters) {
    if (tcp->has(flag)) out_ += letter;
  }
  if (tcp->flags() == 0) out_ += "none";
  out_ += "]";
  if (options_.verbosity > 0) bad_checksum(index, "tcp");

  const std::uint32_t data = at.length - at.header_length;
  const TcpOffsets from = offsets(*tcp);
  const std::uint32_t sequence = tcp->sequence() - from.sequence;
  if (data > 0 || tcp->has(View::syn | View::fin | View::rst)) {
    number(", seq ", sequence);
    if (data > 0) number(":", sequence + data);
  }
  if (tcp->has(View::ack)) number(", ack ", tcp->acknowledgment() - from.acknowledgment);
  number(", win ", tcp->window());
  if (tcp->has(View::urg)) number(", urg ", tcp->urgent_pointer());
  tcp_options(*tcp, from.acknowledgment);
  length(data);
  const bool web = tcp->source_port() == http_port || tcp->destination_port() == http_port;
  if (web && !packet_.body_of(at).empty()) http(packet_.body_of(at));
}

TcpOffsets LineWriter::offsets(const wire::TcpView& tcp) {
  if (options_.sequences == nullptr || !tcp.has(wire::TcpView::ack)) return {};
  direction_.source_port = tcp.source_port();
  direction_.destination_port = tcp.destination_port();
  return options_.sequences->on_segment(direction_, tcp.sequence(), tcp.acknowledgment(),
                                        tcp.has(wire::TcpView::syn));
}

void LineWriter::tcp_options(const wire::TcpView& tcp, std::uint32_t sack_offset) {
  namespace kind = wire::tcp_option;
  auto options = tcp.options();
  bool first = true;
  while (const auto option = options.next()) {
    out_ += first ? ", options [" : ",";
    first = false;
    const Bytes data = option->data;
    if (option->kind == wire::Option::end_of_list) {
      out_ += "eol";
    } else if (option->kind == wire::Option::no_operation) {
      out_ += "nop";
    } else if (option->kind == kind::max_segment_size && data.size() == 2) {
      number("mss ", load_be16(data.first<2>()));
    } else if (option->kind == kind::window_scale && data.size() == 1) {
      number("wscale ", data[0]);
    } else if (option->kind == kind::sack_permitted) {
      out_ += "sackOK";
    } else if (option->kind == kind::timestamps && data.size() == 8) {
      number("TS val ", load_be32(data.first<4>()));
      number(" ecr ", load_be32(data.last<4>()));
    } else if (option->kind == kind::sack && data.size() % 8 == 0) {
      number("sack ", data.size() / 8);
      for (std::size_t i = 0; i < data.size(); i += 8) {
        number(i == 0 ? " {" : "{", load_be32(data.subspan(i).first<4>()) - sack_offset);
        number(":", load_be32(data.subspan(i + 4).first<4>()) - sack_offset);
        out_ += "}";
      }
    } else {
      number("unknown-", option->kind);
      if (!data.empty()) out_ += " 0x" + to_hex(data);
    }
  }
  if (options.damaged()) out_ += first ? ", options [bad opt" : ",bad opt";
  if (!first || options.damaged()) out_ += "]";
}

/// The first line of an HTTP message, which is where a request says what it wants.
void LineWriter::http(Bytes payload) {
  out_ += ": HTTP";
  const auto line_end = std::find(payload.begin(), payload.end(), '\r');
  const Bytes line{payload.begin(), line_end};
  constexpr std::array<std::string_view, 8> starts{"GET ",    "HEAD ",    "POST ",    "PUT ",
                                                   "DELETE ", "CONNECT ", "OPTIONS ", "HTTP/"};
  const bool known = std::any_of(starts.begin(), starts.end(), [&](std::string_view start) {
    return line.size() >= start.size() && std::equal(start.begin(), start.end(), line.begin());
  });
  if (!known) return;
  out_ += ": ";
  append_printable(out_, line);
}

}  // namespace culvert::inspect
