#include "live_inputs.hpp"

#include <fmt/format.h>

#include <chrono>

#include "capture/live.hpp"
#include "cli/run_program.hpp"
#include "devices.hpp"
#include "input_name.hpp"
#include "messages.hpp"
#include "name_space.hpp"

namespace culvert::tundump {
namespace {

constexpr int longest_pause_ms = 100;

using Fetch = capture::LiveCapture::Fetch;

/// One device, and the packet that waits there.
struct LiveInput {
  InputName name;
  capture::LiveCapture capture;
  std::string kind;
  bool waiting = false;
  bool gone = false;

  void fetch() {
    if (waiting || gone) return;
    const Fetch fetched = capture.fetch();
    waiting = fetched == Fetch::packet;
    gone = fetched == Fetch::gone;
    if (gone) say(fmt::format("{}: the device went away", full_name(name)));
  }
};

capture::LiveCapture open_device(const std::string& device, const Options& options) {
  std::optional<std::string> link_type;
  if (!options.link_type.empty()) link_type = options.link_type;
  auto live =
      capture::LiveCapture::open(device, {.snap_length = options.snap_length,
                                          .buffer_kib = options.buffer_kib,
                                          .promiscuous = !options.no_promiscuous && device != "any",
                                          .direction = options.direction,
                                          .link_type = link_type});
  if (!live) throw std::runtime_error(live.error());
  return std::move(*live);
}

std::vector<LiveInput> open_devices(const Options& options) {
  std::vector<LiveInput> inputs;
  std::vector<std::string> names = options.devices;
  if (names.empty()) names.push_back(only_tun_device());
  for (const std::string& text : names) {
    const InputName name = parse_device_name(text);
    const NameSpaceVisit visit{name.name_space};
    inputs.push_back({name, open_device(name.name, options), kind_of_device(name.name)});
  }
  return inputs;
}

/// The input whose waiting packet came first.
LiveInput* earliest(std::vector<LiveInput>& inputs) {
  LiveInput* best = nullptr;
  for (LiveInput& input : inputs) {
    input.fetch();
    if (!input.waiting) continue;
    if (best == nullptr || input.capture.packet().time < best->capture.packet().time) best = &input;
  }
  return best;
}

/// Sleeps until a packet arrives, at most so long that a device which vanished is noticed.
void wait_for_packet(const std::vector<LiveInput>& inputs, Signals& signals) {
  std::vector<int> descriptors;
  for (const LiveInput& input : inputs) {
    if (!input.gone) descriptors.push_back(input.capture.descriptor());
  }
  signals.wait(descriptors, longest_pause_ms);
}

/// What passed before we were asked to stop still waits in the kernel's buffers.
void drain(Session& session, std::vector<LiveInput>& inputs) {
  const WallTime asked{std::chrono::system_clock::now().time_since_epoch()};
  while (LiveInput* input = earliest(inputs)) {
    if (input->capture.packet().time > asked) return;
    input->waiting = false;
    const auto source = static_cast<std::size_t>(input - inputs.data());
    if (session.on_filtered_packet(source, input->capture.packet()) == Session::Next::stop) return;
  }
}

bool all_gone(const std::vector<LiveInput>& inputs) {
  for (const LiveInput& input : inputs) {
    if (!input.gone) return false;
  }
  return true;
}

void say_statistics(const std::vector<LiveInput>& inputs, std::uint64_t shown) {
  capture::LiveStatistics sum;
  for (const LiveInput& input : inputs) {
    const auto each = input.capture.statistics();
    sum.received += each.received;
    sum.dropped += each.dropped;
  }
  fmt::print(stderr, "{} captured, {} received by filter, {} dropped by kernel\n", count_of(shown),
             sum.received, sum.dropped);
}

}  // namespace

int watch_devices(Session& session, const Options& options, Signals& signals) {
  auto inputs = open_devices(options);
  std::vector<Source> sources;
  for (const LiveInput& input : inputs) {
    sources.push_back({.label = input.name.label,
                       .name = full_name(input.name),
                       .link_type = input.capture.link_type()});
  }
  session.begin(std::move(sources));
  for (LiveInput& input : inputs) {
    if (const auto* filter = session.filter_for(input.capture.link_type()))
      input.capture.set_filter(*filter);
    say(fmt::format("listening on {} ({}), snapshot length {}", full_name(input.name), input.kind,
                    options.snap_length));
  }
  session.all_open();

  auto next = Session::Next::go_on;
  while (!signals.stop() && next == Session::Next::go_on && !all_gone(inputs)) {
    if (LiveInput* input = earliest(inputs)) {
      input->waiting = false;
      next = session.on_filtered_packet(static_cast<std::size_t>(input - inputs.data()),
                                        input->capture.packet());
    } else {
      next = session.on_pause();  // show what there is before sleeping
      if (next == Session::Next::go_on) wait_for_packet(inputs, signals);
    }
    if (signals.wants_statistics()) {
      say_statistics(inputs, session.shown());
      session.say_statistics();
    }
    if (signals.wants_flush()) session.flush_files();
  }
  if (next == Session::Next::go_on) drain(session, inputs);
  session.end();
  say_statistics(inputs, session.shown());
  return all_gone(inputs) ? cli::failed : cli::done;
}

}  // namespace culvert::tundump
