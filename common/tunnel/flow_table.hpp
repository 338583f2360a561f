// FlowTable: which conversation inside belongs to which port outside. It is the whole memory of a NAT, and the reason why
// an answer reaches the program that asked and no other. RFC 4787, section 4: one outside port for each inside address and
// port, whoever is spoken to ("endpoint-independent mapping").
// FlowTable stands alone in its .cpp so that a learner's own can take its place.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/endpoint.hpp"
#include "base/time.hpp"
#include "wire/numbers.hpp"

namespace culvert::tunnel {

/// Somebody inside. An ICMP echo has no ports; its identifier does their work (RFC 5508, section 3.1).
struct InsideEnd {
  wire::Protocol protocol{};
  Endpoint endpoint{};
  auto operator<=>(const InsideEnd&) const = default;
};

struct Flow {
  InsideEnd inside{};
  std::uint16_t outside_port = 0;
  Endpoint first_peer{};  // whom it was opened for; to show, not to decide
  Instant expires = Instant::max();
  std::uint64_t bytes_out = 0;
  std::uint64_t bytes_in = 0;
  // TCP's progress, as far as a NAT has to follow it (RFC 5382, section 5).
  bool answered = false;
  bool fin_out = false;
  bool fin_in = false;
  bool reset = false;
};

/// Both ends included.
struct PortRange {
  std::uint16_t first = 1024;
  std::uint16_t last = 65535;
  bool contains(std::uint16_t port) const { return first <= port && port <= last; }
};

class FlowTable {
 public:
  explicit FlowTable(PortRange ports) : ports_(ports), next_port_(ports.first) {}

  /// The living flow of somebody inside; null if there is none.
  Flow* from_inside(const InsideEnd& inside, Instant now);
  /// The living flow that owns an outside port; null if nobody does.
  Flow* from_outside(wire::Protocol protocol, std::uint16_t outside_port, Instant now);

  /// A new flow for somebody who has none (asserted). It keeps its port number outside if that is free, else it gets the
  /// next free one; null if all are taken. It lives until keep_until() says how long.
  Flow* open(const InsideEnd& inside, Instant now);
  void keep_until(Flow& flow, Instant expires);

  /// Forgets every flow that has expired.
  void expire(Instant now);
  /// All flows, in the order of their inside ends.
  std::vector<Flow> flows() const;

 private:
  using OutsideEnd = std::pair<wire::Protocol, std::uint16_t>;

  /// One that no living flow owns, or none.
  std::optional<std::uint16_t> free_port(const InsideEnd& inside, Instant now);
  /// By value: `inside` may stand in what goes.
  void close(InsideEnd inside);

  PortRange ports_;
  std::uint16_t next_port_;
  std::map<InsideEnd, Flow>
      by_inside_;  // ordered maps: the same packets give the same ports in every run
  std::map<OutsideEnd, InsideEnd> by_outside_;
  std::map<wire::Protocol, std::size_t>
      open_;                               // how many flows, dead ones that nobody missed included
  Instant first_expiry_ = Instant::max();  // no flow expires before
};

}  // namespace culvert::tunnel
