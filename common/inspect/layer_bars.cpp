#include "inspect/layer_bars.hpp"

#include "inspect/layer_mark.hpp"
#include "inspect/names.hpp"
#include "wire/wireguard.hpp"

namespace culvert::inspect {
namespace {

using wire::Layer;

constexpr std::size_t data_header = 16;  // of WireGuard: type, receiver, counter
constexpr std::size_t tag = 16;

/// Stacks layers on each other: every byte belongs to the innermost layer that holds it.
class Stack {
 public:
  explicit Stack(const Station& station) : station_(station) {
    packet(station.outside.walk(), station.outside.wire_length);
  }

  std::vector<LayerBar> take() { return std::move(bars_); }

 private:
  void bar(char letter, std::string_view title, std::size_t size) {
    if (size > 0) bars_.push_back({letter, title, offset_, size, sealed_});
    offset_ += size;
  }

  /// All of its headers; what follows them is data, also behind a header that is damaged.
  void packet(const wire::Packet& packet, std::size_t wire_length) {
    const std::size_t end = offset_ + wire_length;
    for (const wire::LayerAt& at : packet.layers()) {
      if (at.layer == Layer::payload) break;
      if (is_data(packet, at))
        wireguard(at.length);
      else
        bar(letter(at.layer), title(at.layer), at.header_length);
    }
    if (end > offset_) bar(letter(Layer::payload), "data", end - offset_);
  }

  static bool is_data(const wire::Packet& packet, const wire::LayerAt& at) {
    if (at.layer != Layer::wireguard || at.length < data_header + tag) return false;
    const auto message = packet.view<wire::WireguardView>(at);
    return message && message->type() == wire::WireguardView::data;
  }

  void wireguard(std::size_t length) {
    const std::size_t end = offset_ + length - tag;
    bar(letter(Layer::wireguard), title(Layer::wireguard), data_header);
    if (const KeptBytes& inside = station_.inside; !inside.bytes.empty()) {
      sealed_ = true;
      packet(inside.walk(), inside.wire_length);
      sealed_ = false;
      if (end > offset_) bar(letter(Layer::payload), "padding", end - offset_);
    } else if (end > offset_) {
      bar(letter(Layer::payload), "encrypted", end - offset_);
    }
    bar(letter(Layer::wireguard), "tag", tag);
  }

  const Station& station_;
  std::vector<LayerBar> bars_;
  std::size_t offset_ = 0;
  bool sealed_ = false;
};

}  // namespace

std::vector<LayerBar> layer_bars(const Station& station) { return Stack{station}.take(); }

}  // namespace culvert::inspect
