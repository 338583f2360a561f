#include "inspect/tcp_sequences.hpp"

#include "support/catch.hpp"

using namespace culvert;
using inspect::TcpDirection;
using inspect::TcpSequences;

namespace {

const TcpDirection there{Ipv4Address{10, 0, 0, 2}, Ipv4Address{192, 0, 2, 80}, 40000, 80};
const TcpDirection back{Ipv4Address{192, 0, 2, 80}, Ipv4Address{10, 0, 0, 2}, 80, 40000};

}  // namespace

TEST_CASE("numbers of a conversation are counted from its SYN and ACK, in both directions", "[inspect]") {
  TcpSequences sequences;
  CHECK(sequences.on_segment(back, 5000, 1001, true).sequence == 0);  // shown as on the wire
  const auto first = sequences.on_segment(there, 1001, 5001, false);
  CHECK(1001 - first.sequence == 1);
  CHECK(5001 - first.acknowledgment == 1);
  const auto answer = sequences.on_segment(back, 5001, 1101, false);
  CHECK(5001 - answer.sequence == 1);
  CHECK(1101 - answer.acknowledgment == 101);
}

TEST_CASE("another conversation of the same hosts does not disturb the first", "[inspect]") {
  TcpSequences sequences;
  sequences.on_segment(back, 5000, 1001, true);
  TcpDirection other = there;
  other.source_port = 40001;
  CHECK(sequences.on_segment(other, 7, 9, false).sequence == 0);
  CHECK(sequences.on_segment(there, 1001, 5001, false).sequence == 1000);
}
