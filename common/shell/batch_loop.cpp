#include "shell/batch_loop.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "io/clock.hpp"

namespace culvert::shell {
namespace {

/// So many packets of one direction before the other gets its turn: a millisecond's work.
constexpr std::size_t turn = 256;

/// Some 60 trains, a few milliseconds of a fast line. Default queues hold three.
constexpr std::size_t socket_queue = 4 * 1024 * 1024;

/// Packets that programs send while somebody else has our core. A burst of small ones fills the default, 500, in a few
/// milliseconds; TCP's super-packets never fill it.
constexpr int tun_queue = 2048;

offload::Joinable joinable(const io::TunOffloads& offloads) {
  return {.tcp = offloads.tcp, .udp = offloads.udp};
}

template <class Visit>
void for_each_datagram(const io::ReceivedTrain& train, Visit visit) {
  for (std::size_t at = 0; at < train.bytes.size(); at += train.datagram_size) {
    const std::size_t size = std::min(train.datagram_size, train.bytes.size() - at);
    PacketBuffer datagram = PacketBuffer::over(train.bytes, at, size);
    visit(datagram);
  }
}

}  // namespace

BatchLoop::BatchLoop(io::Poller& poller, io::TunDevice& tun, io::UdpSocket& socket,
                     tunnel::Engine& engine, const Options& options)
    : poller_(poller),
      tun_(tun),
      socket_(socket),
      engine_(engine),
      receiver_(socket, options.trains ? io::UdpReceiver::Trains::wanted
                                       : io::UdpReceiver::Trains::unwanted),
      sender_(socket,
              options.trains ? io::UdpSender::Trains::wanted : io::UdpSender::Trains::unwanted),
      coalescer_(joinable(tun.offloads())),
      landing_(tun.has_virtio_header() ? offload::Landing::Frames::with_virtio_headers
                                       : offload::Landing::Frames::bare_packets,
               options.cutting),
      crew_(options.crew) {
  out_.sealed_by_owner = crew_ != nullptr;
  tun_.set_queue(tun_queue);
  socket_.set_queues(socket_queue);
  poller_.watch(tun_.fd());
  poller_.watch(socket_.fd());
  poller_.watch(network_.fd());
}

// [tag: run]
void BatchLoop::run() {
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
void BatchLoop::carry_outbound(Instant now) {
  for (std::size_t taken = 0; taken < turn;) {
    if (!landing_.has_room()) flush(now);
    const auto size = tun_.read_pieces(landing_.places());
    ++stats_.system_calls;
    if (!size) break;
    const bool first = taken == 0;
    taken += take_frame(now, *size);
    if (first) flush(now);  // it may be the only one: it does not wait while we look for more
  }
  flush(now);
}

/// How many packets it was, or one that is broken.
std::size_t BatchLoop::take_frame(Instant now, std::size_t size) {
  const std::size_t count = landing_.take(size);
  for (std::size_t i = 0; i < count; ++i) {
    if (!landing_.has_room_for(i)) flush(now);
    packets_.push_back(landing_.packet(i));
    if (i == 0) heads_.push_back(packets_.back().bytes());
  }
  stats_.copies = landing_.copies();
  if (packets_.size() >= tunnel::Engine::max_expected) hand_over(now);
  return std::max<std::size_t>(count, 1);
}

/// A frame's packets all go to one peer, so the first one tells of all.
void BatchLoop::hand_over(Instant now) {
  if (heads_.size() > 1) engine_.expect_tun_packets(heads_);
  for (PacketBuffer& packet : packets_) engine_.on_tun_packet(now, packet, out_);
  heads_.clear();
  packets_.clear();
}
// [end: carry_outbound]

// [tag: carry_inbound]
void BatchLoop::carry_inbound(Instant now) {
  for (std::size_t taken = 0; taken < turn;) {
    const auto trains = receiver_.receive();
    ++stats_.system_calls;
    if (crew_ != nullptr) open_together(now, trains);
    std::size_t number = 0;
    for (std::size_t i = 0; i < trains.size(); ++i) {
      if (i % tunnel::Engine::max_expected == 0) expect(trains.subspan(i));
      const io::ReceivedTrain& train = trains[i];
      tunnel::Arrival arrival{train.from};
      arrival.at = train.at;
      arrival.traffic_class = train.traffic_class;
      for_each_datagram(train, [&](PacketBuffer& datagram) {
        if (crew_ != nullptr) arrival.is_genuine = is_genuine_[number];
        ++number;
        engine_.on_datagram(now, arrival, datagram, out_);
      });
    }
    taken += number;
    flush(now);
    if (!receiver_.more_may_follow()) return;
  }
}

/// A train's datagrams all come from one peer.
void BatchLoop::expect(std::span<const io::ReceivedTrain> trains) {
  if (trains.size() < 2) return;
  for (const io::ReceivedTrain& train :
       trains.first(std::min(trains.size(), tunnel::Engine::max_expected)))
    heads_.push_back(train.bytes.first(std::min(train.datagram_size, train.bytes.size())));
  engine_.expect_datagrams(heads_);
  heads_.clear();
}
// [end: carry_inbound]

// [tag: open_together]
/// Opens all that the engine knows a session for, in whatever order; then it gets the datagrams in theirs.
void BatchLoop::open_together(Instant now, std::span<const io::ReceivedTrain> trains) {
  to_open_.clear();
  is_genuine_.clear();
  for (const io::ReceivedTrain& train : trains) {
    for_each_datagram(train, [&](PacketBuffer& datagram) {
      auto job = engine_.to_open(now, datagram.bytes());
      is_genuine_.push_back(job ? std::optional{false} : std::nullopt);
      if (job) to_open_.push_back(std::move(*job));
    });
  }
  crew_->run(to_open_);
  auto job = to_open_.begin();
  for (std::optional<bool>& genuine : is_genuine_)
    if (genuine) genuine = (job++)->is_genuine;
}
// [end: open_together]

void BatchLoop::flush(Instant now) {
  hand_over(now);
  if (crew_ != nullptr) crew_->run(out_.to_seal);
  send_datagrams(now);
  if (tun_.has_virtio_header())
    write_super_packets();
  else
    write_packets();
  out_.clear();
  landing_.clear();
}

void BatchLoop::send_datagrams(Instant now) {
  const bool cutting = sender_.sends_trains() && !said_alone_;
  for (const tunnel::OutboundDatagram& datagram : out_.datagrams) {
    sender_.add(datagram.to, datagram.bytes, send_options(datagram));
  }
  const std::uint64_t before = sender_.system_calls();
  const auto refused = sender_.flush();
  stats_.system_calls += sender_.system_calls() - before;
  const std::size_t sent = out_.datagrams.size();
  for (const auto& datagram : refused) on_refused(now, datagram);
  if (cutting && !sender_.sends_trains()) {
    said_alone_ = true;
    fmt::print(stderr,
               "note: this network does not cut trains of datagrams; sending each alone, and "
               "trying again now and then\n");
  }

  // What the engine has to say about those that were too big.
  for (std::size_t i = sent; i < out_.datagrams.size(); ++i) {
    const tunnel::OutboundDatagram& datagram = out_.datagrams[i];
    ++stats_.system_calls;
    if (socket_.send(datagram.to, datagram.bytes, send_options(datagram)) != io::SendOutcome::sent)
      ++stats_.datagrams_unsent;
  }
}

void BatchLoop::on_refused(Instant now, const io::UdpSender::Refused& refused) {
  const bool may_fragment = refused.options.fragmentation == io::Fragmentation::allowed;
  if (refused.outcome != io::SendOutcome::too_big || may_fragment) {
    ++stats_.datagrams_unsent;
    return;
  }
  ++stats_.datagrams_too_big;
  engine_.on_too_big(now, io::path_mtu(refused.to).value_or(0), refused.datagram, out_);
}

void BatchLoop::write_packets() {
  for (const Bytes packet : out_.packets) {
    ++stats_.system_calls;
    if (!tun_.write_packet(packet)) ++stats_.packets_unwritten;
  }
}

// [tag: write_super_packets]
void BatchLoop::write_super_packets() {
  for (const Bytes packet : out_.packets) coalescer_.add(packet);
  for (std::size_t i = 0; i < coalescer_.frames(); ++i) {
    const offload::Coalescer::Frame frame = coalescer_.frame(i);
    std::array<std::uint8_t, offload::VirtioHeader::size> header;
    write(frame.header, header);
    pieces_.assign(1, header);
    pieces_.insert(pieces_.end(), frame.pieces.begin(), frame.pieces.end());
    ++stats_.system_calls;
    if (!tun_.write_pieces(pieces_)) ++stats_.packets_unwritten;
  }
  coalescer_.clear();
}
// [end: write_super_packets]

}  // namespace culvert::shell
