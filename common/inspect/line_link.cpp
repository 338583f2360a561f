#include <algorithm>

#include "inspect/line_writer.hpp"
#include "wire/arp.hpp"
#include "wire/ethernet.hpp"

namespace culvert::inspect {

namespace {

bool is_link(Layer layer) {
  return layer == Layer::ethernet || layer == Layer::vlan || layer == Layer::linux_cooked ||
         layer == Layer::linux_cooked_2 || layer == Layer::loopback;
}

}  // namespace

std::size_t LineWriter::first_after_link() const {
  const auto layers = packet_.layers();
  const auto at = std::find_if(layers.begin(), layers.end(),
                               [](const LayerAt& l) { return !is_link(l.layer); });
  return static_cast<std::size_t>(at - layers.begin());
}

void LineWriter::link() {
  const auto ethernet = packet_.get<wire::EthernetView>();
  if (!ethernet) return;
  append(out_, ethernet->source());
  out_ += " > ";
  append(out_, ethernet->destination());
  if (ethernet->ether_type() > 1500) {
    out_ += ", ethertype ";
    out_ += ether_type_name(ethernet->ether_type());
    out_ += " (";
    append_hex(out_, ethernet->ether_type(), 4);
    out_ += ")";
  } else {
    out_ += ", 802.3";
  }
  length(packet_.wire_length());
  out_ += ": ";
  if (const auto vlan = packet_.get<wire::VlanView>()) {
    number("vlan ", vlan->vlan_id());
    number(", p ", vlan->priority());
    out_ += ", ethertype ";
    out_ += ether_type_name(vlan->ether_type());
    out_ += ", ";
  }
}

void LineWriter::arp(const LayerAt& at) {
  protocol("ARP");
  const auto arp = packet_.view<wire::ArpView>(at);
  if (!arp) return;
  const auto ip = [&](Bytes bytes) { address(Ipv4Address{bytes.first<4>()}); };
  if (!arp->is_ipv4_over_ethernet()) {
    number(", operation ", arp->operation());
  } else if (arp->operation() == wire::ArpView::request) {
    out_ += ", Request who-has ";
    ip(arp->target_protocol());
    out_ += " tell ";
    ip(arp->sender_protocol());
  } else if (arp->operation() == wire::ArpView::reply) {
    out_ += ", Reply ";
    ip(arp->sender_protocol());
    out_ += " is-at ";
    append(out_, MacAddress{arp->sender_hardware().first<6>()});
  } else {
    number(", operation ", arp->operation());
  }
  length(packet_.bytes_of(at).size());
}

}  // namespace culvert::inspect
