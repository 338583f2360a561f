// caught by: two programs on one source port get their own answers
// cause: two programs share an outside port: their answers cannot be told apart
#include <algorithm>
#include <cassert>

#include "tunnel/flow_table.hpp"

namespace culvert::tunnel {

Flow* FlowTable::from_inside(const InsideEnd& inside, Instant now) {
  const auto found = by_inside_.find(inside);
  if (found == by_inside_.end() || found->second.expires <= now) return nullptr;
  return &found->second;
}

Flow* FlowTable::from_outside(wire::Protocol protocol, std::uint16_t outside_port, Instant now) {
  const auto found = by_outside_.find({protocol, outside_port});
  return found == by_outside_.end() ? nullptr : from_inside(found->second, now);
}

Flow* FlowTable::open(const InsideEnd& inside, Instant now) {
  assert(from_inside(inside, now) == nullptr);
  close(inside);
  const auto port = free_port(inside, now);
  if (!port) return nullptr;
  if (const auto dead = by_outside_.find({inside.protocol, *port}); dead != by_outside_.end()) {
    close(dead->second);
  }

  Flow& flow = by_inside_[inside];
  flow.inside = inside;
  flow.outside_port = *port;
  by_outside_[{inside.protocol, *port}] = inside;
  ++open_[inside.protocol];
  return &flow;
}

std::optional<std::uint16_t> FlowTable::free_port(const InsideEnd& inside, Instant now) {
  // Keeping the number costs nothing, and a flow that was forgotten too early comes back as it was.
  const wire::Protocol protocol = inside.protocol;
  const std::uint16_t kept = inside.endpoint.port;
  if (ports_.contains(kept)) return kept;

  const std::size_t all = ports_.last - ports_.first + std::size_t{1};
  if (open_[protocol] >= all && first_expiry_ <= now) expire(now);
  if (open_[protocol] >= all)
    return std::nullopt;  // known without a search: floods must stay cheap
  // Going on from the last one, not from the first: a port that was freed a moment ago may still get late packets.
  for (std::size_t tries = 0; tries < all; ++tries) {
    const std::uint16_t port = next_port_;
    next_port_ = port == ports_.last ? ports_.first : static_cast<std::uint16_t>(port + 1);
    if (from_outside(protocol, port, now) == nullptr) return port;
  }
  return std::nullopt;
}

void FlowTable::keep_until(Flow& flow, Instant expires) {
  flow.expires = expires;
  first_expiry_ = std::min(first_expiry_, expires);
}

void FlowTable::close(InsideEnd inside) {
  const auto found = by_inside_.find(inside);
  if (found == by_inside_.end()) return;
  by_outside_.erase({inside.protocol, found->second.outside_port});
  --open_[inside.protocol];
  by_inside_.erase(found);
}

void FlowTable::expire(Instant now) {
  std::vector<InsideEnd> dead;
  first_expiry_ = Instant::max();
  for (const auto& [inside, flow] : by_inside_) {
    if (flow.expires <= now) {
      dead.push_back(inside);
    } else {
      first_expiry_ = std::min(first_expiry_, flow.expires);
    }
  }
  for (const InsideEnd& inside : dead) close(inside);
}

std::vector<Flow> FlowTable::flows() const {
  std::vector<Flow> out;
  for (const auto& [inside, flow] : by_inside_) out.push_back(flow);
  return out;
}

}  // namespace culvert::tunnel
