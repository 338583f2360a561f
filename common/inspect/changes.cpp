#include "inspect/changes.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "inspect/fields.hpp"
#include "inspect/names.hpp"

namespace culvert::inspect {
namespace {

using wire::Packet;

int number_of(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string why(std::string_view name, const std::string& before, const std::string& after) {
  if (name == "ttl" || name == "hop_limit") {
    const int hops = number_of(before) - number_of(after);
    if (hops == 1) return "a router forwarded it";
    return hops > 1 ? std::to_string(hops) + " routers forwarded it"
                    : "raised: nobody should do that";
  }
  if (name == "src") return "source NAT";
  if (name == "dst") return "destination NAT";
  if (name == "src_port" || name == "dst_port") return "port chosen by a NAT";
  if (name == "checksum") return "follows from the other changes";
  if (name == "ecn") return "marked on its way: congestion";
  if (name == "id") return "identifier chosen by a NAT";
  return {};
}

/// The layer of `packet` that is the counterpart of `at`: the same kind, the same number among its kind.
std::optional<std::size_t> counterpart(const Packet& packet, const Packet& other,
                                       std::size_t index) {
  const auto kind = other.layers()[index].layer;
  const auto same = [&](const wire::LayerAt& each) { return each.layer == kind; };
  const auto wanted = std::count_if(
      other.layers().begin(), other.layers().begin() + static_cast<std::ptrdiff_t>(index), same);
  std::ptrdiff_t seen = 0;
  for (std::size_t i = 0; i < packet.layers().size(); ++i) {
    if (same(packet.layers()[i]) && seen++ == wanted) return i;
  }
  return std::nullopt;
}

/// As much of the layer, its payload included, as was captured.
Bytes bytes_of(const Packet& packet, const wire::LayerAt& at) {
  const Bytes rest =
      packet.bytes().subspan(std::min<std::size_t>(at.offset, packet.bytes().size()));
  return rest.first(std::min<std::size_t>(at.length, rest.size()));
}

/// Then no field of it differs either, and none has to be put into words.
bool is_same(const Packet& before, const wire::LayerAt& a, const Packet& after,
             const wire::LayerAt& b) {
  return a.length == b.length && std::ranges::equal(bytes_of(before, a), bytes_of(after, b));
}

void compare_layer(std::vector<Change>& out, std::string_view layer, const std::vector<Row>& before,
                   const std::vector<Row>& after) {
  for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
    const Row* a = i < before.size() ? &before[i] : nullptr;
    const Row* b = i < after.size() ? &after[i] : nullptr;
    if (a != nullptr && b != nullptr && a->value == b->value) continue;
    const std::string_view name = a != nullptr ? a->name : b->name;
    const std::string was = a != nullptr ? a->value : "none";
    const std::string is = b != nullptr ? b->value : "none";
    out.push_back({std::string{layer} + "." + std::string{name}, was, is, why(name, was, is)});
  }
}

}  // namespace

std::vector<Change> changes(const Packet& before, const Packet& after) {
  std::vector<Change> out;
  for (std::size_t i = 0; i < before.layers().size(); ++i) {
    const wire::LayerAt& at = before.layers()[i];
    const auto other = counterpart(after, before, i);
    if (!other)
      out.push_back({std::string{key(at.layer)}, "there", "gone", {}});
    else if (!is_same(before, at, after, after.layers()[*other]))
      compare_layer(out, key(at.layer), fields(before, i), fields(after, *other));
  }
  for (std::size_t i = 0; i < after.layers().size(); ++i) {
    if (!counterpart(before, after, i))
      out.push_back({std::string{key(after.layers()[i].layer)}, "none", "new", {}});
  }
  return out;
}

}  // namespace culvert::inspect
