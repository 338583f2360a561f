// Exercise 05, encapsulation. Copy this file to student.cpp and write the functions; README.md says what they must do.
#include "tunnel/plain_tunnel.hpp"
#include "wire/tunnel_message.hpp"

namespace culvert::tunnel {

void PlainTunnel::on_tun_packet(Instant now, PacketBuffer& packet, Outbox& out) {
  // yours: put the header in front, put the datagram into the outbox
}

void PlainTunnel::on_datagram(Instant now, const Arrival& arrival, PacketBuffer& datagram,
                              Outbox& out) {
  // yours: is it a message of ours, and from whom? Take the header off, put the packet into the outbox
}

}  // namespace culvert::tunnel
