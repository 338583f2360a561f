// Filter: tcpdump's filter language (pcap-filter(7)), compiled by libpcap, with errors that point at the word.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "capture/captured_packet.hpp"

struct bpf_program;

namespace culvert::capture {

struct FilterError {
  std::string message;  // "syntax error", "unknown port 'htpp'"
  std::optional<std::size_t>
      begin;  // where in the expression, in bytes; its end if it ends too early
  std::size_t length = 1;
  std::string help = {};  // on what stands there
};

class Filter {
 public:
  /// Compiles for one link type (LINKTYPE_ number): the same words mean other offsets on each.
  static Result<Filter, FilterError> compile(const std::string& expression,
                                             std::uint16_t link_type);

  bool matches(const CapturedPacket& packet) const;
  /// For a live capture, which filters in the kernel.
  bpf_program* program() const { return program_.get(); }

 private:
  struct Free {
    void operator()(bpf_program* program) const;
  };
  explicit Filter(std::unique_ptr<bpf_program, Free> program) : program_(std::move(program)) {}

  std::unique_ptr<bpf_program, Free> program_;
};

/// Two lines for a terminal: the expression, and a caret under the word.
///     udp prot 53
///         ^~~~ not understood here; did you mean 'port' or 'proto'?
std::string point_at(const std::string& expression, const FilterError& error);

/// libpcap's own number (DLT_) for a link type of a file; they differ for raw IP.
int to_dlt(std::uint16_t link_type);
std::uint16_t from_dlt(int dlt);

}  // namespace culvert::capture
