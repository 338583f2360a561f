// Statistics: what --stats tells at the end: packets and bytes by protocol and by conversation, sizes, wrong checksums.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "wire/packet.hpp"

namespace culvert::tundump {

class Statistics {
 public:
  void add(const wire::Packet& packet);
  std::string text() const;

 private:
  struct Sum {
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;
    void add(std::size_t size) {
      ++packets;
      bytes += size;
    }
  };

  static constexpr std::size_t most_conversations =
      10000;  // memory stays bounded; what comes later is one sum

  void count_conversation(const wire::Packet& packet);
  void append_conversations(std::string& out) const;

  Sum all_;
  std::uint64_t smallest_ = ~std::uint64_t{0};
  std::uint64_t largest_ = 0;
  std::uint64_t wrong_checksums_ = 0;
  std::uint64_t damaged_ = 0;
  std::map<std::string, Sum, std::less<>> protocols_;
  std::map<std::string, Sum, std::less<>> conversations_;
  Sum other_conversations_;
};

}  // namespace culvert::tundump
