// caught by: an answer finds the one who asked
// cause: the same answer comes back for every input: was one learnt by heart?
#include "tunnel/flow_table.hpp"

namespace culvert::tunnel {
namespace {

Flow& the_chapters_flow() {
  static Flow flow{.inside = {wire::Protocol::udp, {Ipv4Address{10, 0, 0, 1}, 40000}},
                   .outside_port = 40000};
  return flow;
}

}  // namespace

Flow* FlowTable::from_inside(const InsideEnd&, Instant) { return &the_chapters_flow(); }
Flow* FlowTable::from_outside(wire::Protocol, std::uint16_t, Instant) {
  return &the_chapters_flow();
}
Flow* FlowTable::open(const InsideEnd&, Instant) { return &the_chapters_flow(); }
std::optional<std::uint16_t> FlowTable::free_port(const InsideEnd&, Instant) { return 40000; }
void FlowTable::keep_until(Flow& flow, Instant expires) { flow.expires = expires; }
void FlowTable::close(InsideEnd) {}
void FlowTable::expire(Instant) {}
std::vector<Flow> FlowTable::flows() const { return {the_chapters_flow()}; }

}  // namespace culvert::tunnel
