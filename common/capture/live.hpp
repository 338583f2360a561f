// Live: packets as they pass a network device, by libpcap.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "capture/captured_packet.hpp"
#include "capture/filter.hpp"

struct pcap;

namespace culvert::capture {

struct Device {
  std::string name;
  std::string description;
  std::vector<std::string> addresses;
  bool up = false;
  bool loopback = false;
  bool tun = false;  // the kernel hands its packets to a program
};

/// Every device that can be captured from, `any` included.
std::vector<Device> devices();

struct LiveOptions {
  std::uint32_t snap_length = 262144;
  bool promiscuous = false;
  bool immediate = true;  // hand each packet over at once rather than in blocks
};

struct LiveStatistics {
  std::uint64_t received = 0;  // by the filter
  std::uint64_t dropped = 0;   // by the kernel, because nobody fetched them in time
};

class LiveCapture {
 public:
  /// The error is a sentence that begins with the device's name.
  static Result<LiveCapture, std::string> open(const std::string& device,
                                               const LiveOptions& options);

  std::uint16_t link_type() const;
  void set_filter(const Filter& filter);

  enum class Wait { packet, nothing, interrupted, gone };
  /// Waits at most `timeout_ms`; with `packet` there is one for take(). `gone`: the device disappeared or went down.
  Wait wait(int timeout_ms);
  /// The packet that wait() announced; its bytes last until the next call.
  const CapturedPacket& take() const { return packet_; }
  LiveStatistics statistics() const;

 private:
  struct Close {
    void operator()(pcap* handle) const;
  };
  explicit LiveCapture(std::unique_ptr<pcap, Close> handle) : handle_(std::move(handle)) {}
  /// Asks libpcap for a packet that has arrived already.
  Wait fetch();

  std::unique_ptr<pcap, Close> handle_;
  CapturedPacket packet_;
};

}  // namespace culvert::capture
