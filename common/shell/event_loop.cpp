#include "shell/event_loop.hpp"

#include "io/clock.hpp"

namespace culvert::shell {
namespace {

/// So many packets of one direction before the other gets its turn.
constexpr int turn = 64;

}  // namespace

io::SendOptions send_options(const tunnel::OutboundDatagram& datagram) {
  return {datagram.may_fragment ? io::Fragmentation::allowed : io::Fragmentation::forbidden,
          datagram.traffic_class, datagram.from};
}

void follow_network(io::NetworkWatch& network, tunnel::Engine& engine,
                    const io::UdpSocket& socket) {
  network.drain();
  engine.forget_local_ends([mark = socket.mark()](const Endpoint& to, const LocalEnd& at) {
    return io::leaving_interface(at.address, to.address, mark) != at.interface;
  });
}

EventLoop::EventLoop(io::Poller& poller, io::TunDevice& tun, io::UdpSocket& socket,
                     tunnel::Engine& engine)
    : poller_(poller), tun_(tun), socket_(socket), engine_(engine) {
  poller_.watch(tun_.fd());
  poller_.watch(socket_.fd());
  poller_.watch(network_.fd());
}

// [tag: run]
void EventLoop::run() {
  const io::Clock clock;
  while (const auto event = poller_.wait_until(engine_.next_deadline())) {
    const Instant now = clock.now();
    ++stats_.system_calls;
    if (event->readable(network_.fd())) follow_network(network_, engine_, socket_);
    if (event->readable(tun_.fd())) carry_outbound(now);
    if (event->readable(socket_.fd())) carry_inbound(now);
    engine_.on_deadline(now, out_);
    flush(now);
  }
}
// [end: run]

// [tag: carry_outbound]
void EventLoop::carry_outbound(Instant now) {
  for (int i = 0; i < turn; ++i) {
    const auto packet = tun_.read_packet(buffer_.writable());
    ++stats_.system_calls;
    if (!packet) return;
    buffer_.set_size(packet->size());
    engine_.on_tun_packet(now, buffer_, out_);
    flush(now);
  }
}
// [end: carry_outbound]

void EventLoop::carry_inbound(Instant now) {
  for (int i = 0; i < turn; ++i) {
    const auto datagram = socket_.receive(buffer_.writable());
    ++stats_.system_calls;
    if (!datagram) return;
    buffer_.set_size(datagram->bytes.size());
    tunnel::Arrival arrival{datagram->from};
    arrival.at = datagram->at;
    arrival.traffic_class = datagram->traffic_class;
    engine_.on_datagram(now, arrival, buffer_, out_);
    flush(now);
  }
}

void EventLoop::flush(Instant now) {
  // By index: an answer to "too big" comes back into the same outbox.
  for (std::size_t i = 0; i < out_.datagrams.size(); ++i) {
    const tunnel::OutboundDatagram datagram = out_.datagrams[i];
    const io::SendOutcome outcome =
        socket_.send(datagram.to, datagram.bytes, send_options(datagram));
    if (outcome == io::SendOutcome::too_big && !datagram.may_fragment) {
      ++stats_.datagrams_too_big;
      engine_.on_too_big(now, io::path_mtu(datagram.to).value_or(0), datagram.bytes, out_);
    } else if (outcome != io::SendOutcome::sent) {
      ++stats_.datagrams_unsent;
    }
  }
  for (const Bytes packet : out_.packets) {
    if (!tun_.write_packet(packet)) ++stats_.packets_unwritten;
  }
  stats_.system_calls += out_.datagrams.size() + out_.packets.size();
  out_.clear();
}

}  // namespace culvert::shell
