#include "wire/arp.hpp"
#include "wire/encapsulation.hpp"
#include "wire/ethernet.hpp"
#include "wire/link.hpp"
#include "wire/walk.hpp"

namespace culvert::wire {

Layer Walk::by_ether_type(std::uint16_t ether_type) {
  switch (EtherType{ether_type}) {
    case EtherType::ipv4:
      return Layer::ipv4;
    case EtherType::ipv6:
      return Layer::ipv6;
    case EtherType::arp:
    case EtherType::rarp:
      return Layer::arp;
    case EtherType::vlan:
    case EtherType::service_vlan:
    case EtherType::old_service_vlan:
      return Layer::vlan;
  }
  return Layer::payload;
}

Layer Walk::by_type_or_length(std::uint16_t type_or_length) {
  if (type_or_length > max_frame_length) return by_ether_type(type_or_length);
  end_ = std::min(end_, at_ + type_or_length);
  return Layer::llc;
}

Layer Walk::ethernet() {
  const auto view = EthernetView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::ethernet, view->header_length());
  return by_type_or_length(view->ether_type());
}

Layer Walk::vlan() {
  const auto view = VlanView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::vlan, view->header_length());
  return by_type_or_length(view->ether_type());
}

Layer Walk::llc() {
  const auto view = LlcView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::llc, view->header_length());
  return view->is_snap() && view->organisation() == 0 ? by_ether_type(view->protocol())
                                                      : Layer::payload;
}

Layer Walk::linux_cooked() {
  const auto view = LinuxCookedView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::linux_cooked, view->header_length());
  return view->protocol() == cooked_llc ? Layer::llc : by_ether_type(view->protocol());
}

Layer Walk::linux_cooked_2() {
  const auto view = LinuxCooked2View::parse(here());
  if (!view) return stop(view.error());
  note(Layer::linux_cooked_2, view->header_length());
  return view->protocol() == cooked_llc ? Layer::llc : by_ether_type(view->protocol());
}

Layer Walk::loopback() {
  const auto view = LoopbackView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::loopback, view->header_length());
  switch (view->family()) {
    case 2:
      return Layer::ipv4;
    case 10:  // Linux
    case 24:  // OpenBSD, NetBSD
    case 28:  // FreeBSD
    case 30:
      return Layer::ipv6;  // macOS
    default:
      return Layer::payload;
  }
}

Layer Walk::arp() {
  const auto view = ArpView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::arp, view->header_length(), {"address lengths", 4}, view->header_length());
  return Layer::payload;
}

}  // namespace culvert::wire
