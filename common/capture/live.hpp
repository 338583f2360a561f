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
  std::uint32_t buffer_kib = 0;  // of the kernel's buffer; 0: as libpcap likes
  bool promiscuous = false;
  bool immediate = true;  // hand each packet over at once rather than in blocks
  Direction direction = Direction::both;
  std::optional<std::string> link_type =
      {};  // a name such as "LINUX_SLL2"; else the device's usual one
};

/// "EN10MB": the name by which -y and -L call a link type; "EN10MB (Ethernet)" with its description.
std::string link_type_name(std::uint16_t link_type);
std::string describe_link_type(std::uint16_t link_type);
/// The number for a name, in capitals or not; none if there is no such name.
std::optional<std::uint16_t> link_type_by_name(const std::string& name);

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
  /// Every link type that the device can give its packets in.
  std::vector<std::uint16_t> link_types() const;
  void set_filter(const Filter& filter);

  enum class Fetch { packet, nothing, gone };
  /// Asks for a packet that has arrived already; it is then in packet(). `gone`: the device disappeared or went down.
  Fetch fetch();
  /// The packet that fetch() announced; its bytes last until the next call.
  const CapturedPacket& packet() const { return packet_; }
  /// Readable, for poll(), once a packet has arrived.
  int descriptor() const;
  LiveStatistics statistics() const;

 private:
  struct Close {
    void operator()(pcap* handle) const;
  };
  explicit LiveCapture(std::unique_ptr<pcap, Close> handle) : handle_(std::move(handle)) {}
  // What went wrong, if something did.
  static std::optional<std::string> activate(pcap* handle, const std::string& device);
  static std::optional<std::string> choose_link_type(const LiveCapture& capture,
                                                     const std::string& device,
                                                     const std::string& name);

  std::unique_ptr<pcap, Close> handle_;
  std::string device_;
  Direction direction_ = Direction::both;
  CapturedPacket packet_;
};

}  // namespace culvert::capture
