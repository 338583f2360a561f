#include "sim/simulation.hpp"

#include <fmt/format.h>

#include "wire/build.hpp"

namespace culvert::sim {
namespace {

constexpr std::size_t log_lines = 120;

std::string kind_of(Bytes datagram) {
  if (datagram.empty()) return "nothing";
  switch (datagram[0]) {
    case 1:
      return "initiation";
    case 2:
      return "response";
    case 3:
      return "cookie reply";
    default:
      return datagram.size() == 32 ? "keepalive" : fmt::format("data ({} bytes)", datagram.size());
  }
}

}  // namespace

Host::Host(std::string host_name, const Endpoint& address, std::uint64_t seed, const Instant& now)
    : name(std::move(host_name)),
      outside(address),
      inside(Ipv4Address{10, 0, 0, address.address.bytes().back()}),
      random(seed),
      clock(now),
      key(crypto::PrivateKey::generate(random)) {}

Host& Simulation::add(const std::string& name) {
  const auto number = static_cast<std::uint8_t>(hosts_.size() + 1);
  const Endpoint address{Ipv4Address{192, 0, 2, number}, 51820};
  Host& host = hosts_.emplace_back(name, address, network.seed * 1000 + number, now_);
  start(host);
  return host;
}

void Simulation::start(Host& host) {
  host.tunnel = std::make_unique<tunnel::Tunnel>(host.random, host.clock);
  host.tunnel->set_private_key(host.key);
  for (const auto& peer : settings_[&host]) host.tunnel->set_peer(peer);
}

void Simulation::connect(Host& client, Host& server, const tunnel::PeerSettings* extra) {
  const auto settings = [&](const Host& host) {
    tunnel::PeerSettings peer{host.key.public_key()};
    if (extra != nullptr) {
      peer.preshared_key = extra->preshared_key;
      peer.persistent_keepalive = extra->persistent_keepalive;
    }
    peer.allowed_ips = {Prefix{host.inside, 32}};
    return peer;
  };
  settings_[&client].push_back(settings(server));
  settings_[&client].back().endpoint = server.outside;
  settings_[&server].push_back(settings(client));
  client.tunnel->set_peer(settings_[&client].back());
  server.tunnel->set_peer(settings_[&server].back());
}

void Simulation::restart(Host& host) {
  note(host.name + " restarts");
  start(host);
}

void Simulation::move(Host& host, const Endpoint& outside) {
  note(fmt::format("{} moves to {}", host.name, to_string(outside)));
  host.outside = outside;
}

const Packet& Simulation::send(Host& from, const Host& to, std::size_t size) {
  Packet payload(size - 28);
  store_le64(MutableBytes{payload}.first<8>(), packets_.size());
  Packet packet(size);
  wire::build_udp(packet, {from.inside, 1000}, {to.inside, 2000}, payload);
  packets_.push_back({packet, &to});
  note(fmt::format("{} sends packet {} to {}", from.name, packets_.size() - 1, to.name));

  copy_bytes(packet, buffer_.writable());
  buffer_.set_size(packet.size());
  tunnel::Outbox out;
  from.tunnel->on_tun_packet(now_, buffer_, out);
  flush(from, out);
  return packets_.back().bytes;
}

void Simulation::run_for(Duration duration) {
  const Instant end = now_ + duration;
  for (auto next = next_event(); next && *next <= end; next = next_event()) step_to(*next);
  now_ = end;
}

void Simulation::talk_for(Duration duration, Duration every, Host& a, Host& b) {
  for (const Instant end = now_ + duration; now_ < end; run_for(every)) {
    send(a, b);
    send(b, a);
  }
}

std::optional<Instant> Simulation::next_event() const {
  std::optional<Instant> next;
  if (!in_flight_.empty()) next = in_flight_.begin()->first;
  for (const Host& host : hosts_) {
    const auto deadline = host.tunnel->next_deadline();
    if (deadline && (!next || *deadline < *next)) next = deadline;
  }
  return next;
}

void Simulation::step_to(Instant when) {
  now_ = std::max(now_, when);
  for (Host& host : hosts_) {
    tunnel::Outbox out;
    host.tunnel->on_deadline(now_, out);
    flush(host, out);
  }
  while (!in_flight_.empty() && in_flight_.begin()->first <= now_) {
    const Flight flight = in_flight_.extract(in_flight_.begin()).mapped();
    land(flight);
  }
}

void Simulation::flush(Host& from, tunnel::Outbox& out) {
  for (const auto& datagram : out.datagrams) launch(from, datagram);
  for (const Bytes packet : out.packets) receive(from, packet);
}

void Simulation::launch(Host& from, const tunnel::OutboundDatagram& datagram) {
  ++datagrams_[{&from, datagram.bytes[0]}];
  const std::string what =
      fmt::format("{} -> {}: {}", from.name, to_string(datagram.to), kind_of(datagram.bytes));
  if (happens(network.loss_percent)) return note(what + ", lost");
  note(what);
  const int copies = happens(network.duplicate_percent) ? 2 : 1;
  for (int i = 0; i < copies; ++i) {
    Flight flight{from.outside,
                  datagram.to,
                  {datagram.bytes.begin(), datagram.bytes.end()},
                  datagram.traffic_class};
    if (happens(network.corrupt_percent)) {
      const auto at = random_.below(static_cast<std::uint32_t>(flight.bytes.size()));
      flight.bytes[at] ^= static_cast<std::uint8_t>(1u << random_.below(8));
    }
    const auto microseconds =
        std::chrono::duration_cast<std::chrono::microseconds>(network.jitter).count();
    const std::chrono::microseconds later{
        random_.below(static_cast<std::uint32_t>(microseconds) + 1)};
    in_flight_.emplace(now_ + network.delay + later, std::move(flight));
  }
}

void Simulation::land(const Flight& flight) {
  const auto at = std::ranges::find(hosts_, flight.to, &Host::outside);
  if (at == hosts_.end()) return note(fmt::format("nobody is at {}", to_string(flight.to)));
  copy_bytes(flight.bytes, buffer_.writable());
  buffer_.set_size(flight.bytes.size());
  tunnel::Arrival arrival{flight.from};
  arrival.traffic_class = flight.traffic_class;
  tunnel::Outbox out;
  at->tunnel->on_datagram(now_, arrival, buffer_, out);
  flush(*at, out);
}

void Simulation::receive(Host& host, Bytes packet) {
  host.received.emplace_back(packet.begin(), packet.end());
  const std::uint64_t number = packet.size() < 36 ? UINT64_MAX : load_le64(packet.subspan<28, 8>());
  note(fmt::format("{} receives packet {}", host.name, number));
  Sent* sent = number < packets_.size() ? &packets_[number] : nullptr;
  if (sent == nullptr || sent->bytes != host.received.back()) {
    broken_promise_ += host.name + " received a packet that nobody sent\n";
  } else if (sent->to != &host) {
    broken_promise_ +=
        fmt::format("{} received packet {}, which is not its own\n", host.name, number);
  } else if (++sent->arrivals > 1) {
    broken_promise_ += fmt::format("{} received packet {} again\n", host.name, number);
  }
}

std::size_t Simulation::datagrams_of(const Host& host) const {
  return count(host, 1) + count(host, 2) + count(host, 3) + count(host, 4);
}

std::size_t Simulation::count(const Host& host, std::uint8_t type) const {
  const auto at = datagrams_.find({&host, type});
  return at == datagrams_.end() ? 0 : at->second;
}

void Simulation::note(const std::string& text) {
  if (log_.size() == log_lines) log_.pop_front();
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch());
  log_.push_back(
      fmt::format("{:>9.3f} s  {}\n", static_cast<double>(milliseconds.count()) / 1000, text));
}

std::string Simulation::log() const {
  std::string all = fmt::format("seed {}; the last events:\n", network.seed);
  for (const std::string& line : log_) all += line;
  return all;
}

}  // namespace culvert::sim
