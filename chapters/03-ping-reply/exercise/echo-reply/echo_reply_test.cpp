// What an echo reply must be, byte for byte. Requests are made up here, with a checksum of our own.
#include "support/exercise/exercise.hpp"
#include "support/reference_checksum.hpp"
#include "wire/build.hpp"

using namespace culvert;
using namespace culvert::exercise;

namespace {

using Buffer = std::vector<std::uint8_t>;

void store_checksum(Buffer& packet, std::size_t from, std::size_t to, std::size_t at) {
  packet[at] = packet[at + 1] = 0;
  const Bytes covered = Bytes{packet}.subspan(from, to - from);
  store_be16(MutableBytes{packet}.subspan(at).first<2>(),
             static_cast<std::uint16_t>(~test::reference_sum(covered)));
}

/// An IPv4 packet with an ICMP message behind `options` words of options, every checksum right.
Buffer ipv4_message(test::SeededRandom& random, std::uint8_t type, std::size_t options = 0) {
  const std::size_t header = 20 + 4 * options;
  Buffer out(header + 8 + 1 + random.below(40));
  random.fill(out);
  out[0] = static_cast<std::uint8_t>(0x45 + options);
  store_be16(MutableBytes{out}.subspan<2, 2>(), static_cast<std::uint16_t>(out.size()));
  out[6] = 0x40;  // do not fragment
  out[7] = 0;
  out[8] = static_cast<std::uint8_t>(1 + random.below(60));
  out[9] = 1;
  for (std::size_t i = 20; i < header; ++i) out[i] = 1;  // no operation
  out[header] = type;
  out[header + 1] = 0;
  store_checksum(out, 0, header, 10);
  store_checksum(out, header, out.size(), header + 2);
  return out;
}

Buffer ipv6_message(test::SeededRandom& random, std::uint8_t type) {
  Buffer out(40 + 8 + 1 + random.below(40));
  random.fill(out);
  out[0] = 0x60;
  store_be16(MutableBytes{out}.subspan<4, 2>(), static_cast<std::uint16_t>(out.size() - 40));
  out[6] = 58;
  out[7] = static_cast<std::uint8_t>(1 + random.below(60));
  out[40] = type;
  out[41] = out[42] = out[43] = 0;
  const IpAddress from = Ipv6Address{Bytes{out}.subspan<8, 16>()};
  const IpAddress to = Ipv6Address{Bytes{out}.subspan<24, 16>()};
  const auto all =
      test::with_pseudo_header(from, to, wire::Protocol::icmpv6, Bytes{out}.subspan(40));
  store_be16(MutableBytes{out}.subspan<42, 2>(),
             static_cast<std::uint16_t>(~test::reference_sum(all)));
  return out;
}

void swap_fields(Buffer& packet, std::size_t a, std::size_t b, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) std::swap(packet[a + i], packet[b + i]);
}

Buffer ipv4_reply(Buffer request) {
  const std::size_t header = (request[0] & 0x0fu) * std::size_t{4};
  const std::size_t end = load_be16(Bytes{request}.subspan<2, 2>());
  request.resize(end);
  swap_fields(request, 12, 16, 4);
  request[8] = 64;
  request[header] = 0;
  store_checksum(request, 0, header, 10);
  store_checksum(request, header, end, header + 2);
  return request;
}

Buffer ipv6_reply(Buffer request) {
  swap_fields(request, 8, 24, 16);
  request[7] = 64;
  request[40] = 129;
  request[42] = request[43] = 0;
  const IpAddress from = Ipv6Address{Bytes{request}.subspan<8, 16>()};
  const IpAddress to = Ipv6Address{Bytes{request}.subspan<24, 16>()};
  const auto all =
      test::with_pseudo_header(from, to, wire::Protocol::icmpv6, Bytes{request}.subspan(40));
  store_be16(MutableBytes{request}.subspan<42, 2>(),
             static_cast<std::uint16_t>(~test::reference_sum(all)));
  return request;
}

/// What the learner's function makes of it; nothing where it sees no request.
std::optional<Buffer> reply_of_learner(Attempt& attempt, std::string_view what,
                                       const Buffer& request) {
  attempt.step(fmt::format("{} of {} bytes", what, request.size()));
  Buffer out(2048);
  const auto reply = wire::build_echo_reply(out, request);
  if (!reply) return std::nullopt;
  return Buffer(reply->begin(), reply->end());
}

using Known = Causes<Buffer>;

void expect_reply(Attempt& attempt, std::string_view what, const Buffer& request,
                  const Buffer& expected, Known known = {},
                  std::string_view if_silent = "an echo request was not recognised") {
  const auto reply = reply_of_learner(attempt, what, request);
  attempt.expect("an echo request is answered", reply.has_value(), true, {{if_silent, false}});
  known.push_back({"the request came back as it was: nothing was changed", request});
  attempt.expect_packet("the reply differs", {Kind::raw_ip, request, expected, *reply}, known);
}

void expect_silence(Attempt& attempt, std::string_view what, const Buffer& packet,
                    std::string_view mistake) {
  const auto reply = reply_of_learner(attempt, what, packet);
  attempt.expect("it is answered", reply.has_value(), false, {{mistake, true}});
}

void ipv4_request(Attempt& attempt) {
  const Buffer request = ipv4_message(attempt.random(), 8);
  expect_reply(attempt, "an IPv4 echo request", request, ipv4_reply(request));
}
void ipv4_options(Attempt& attempt) {
  const Buffer request = ipv4_message(attempt.random(), 8, 1 + attempt.random().below(6));
  expect_reply(attempt, "an IPv4 echo request with options", request, ipv4_reply(request), {},
               "options: the ICMP message is looked for at byte 20, and options lie there");
}
void padded_request(Attempt& attempt) {
  const Buffer request = ipv4_message(attempt.random(), 8);
  Buffer padded = request;
  padded.resize(padded.size() + 1 + attempt.random().below(17), 0x55);
  Buffer sent_back = ipv4_reply(request);
  sent_back.resize(padded.size(), 0x55);
  expect_reply(
      attempt, "an IPv4 echo request with padding behind it", padded, ipv4_reply(request),
      {{"padding: all bytes of the buffer are sent back, and the packet ends at its total length",
        sent_back}});
}
void ipv6_request(Attempt& attempt) {
  const Buffer request = ipv6_message(attempt.random(), 128);
  Buffer bare = ipv6_reply(request);
  store_checksum(bare, 40, bare.size(), 42);
  expect_reply(
      attempt, "an IPv6 echo request", request, ipv6_reply(request),
      {{"pseudo header: ICMPv6's checksum covers both addresses too, and yours does not", bare}});
}
void other_messages(Attempt& attempt) {
  const std::uint8_t types[] = {0, 3, 11, 13};
  expect_silence(
      attempt, "an ICMP message that is no request",
      ipv4_message(attempt.random(), types[attempt.random().below(4)]),
      "only type 8 is an echo request; a reply that is answered would be answered for ever");
}
void other_protocols(Attempt& attempt) {
  Buffer packet = ipv4_message(attempt.random(), 8);
  packet[9] = attempt.random().coin() ? std::uint8_t{17} : std::uint8_t{6};
  store_checksum(packet, 0, 20, 10);
  expect_silence(attempt, "a packet of another protocol", packet,
                 "the IP header's protocol is not asked: not every packet is ICMP");
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"03",
       "echo-reply",
       {{"an IPv4 echo request is answered, every field and checksum right",
         "RFC 792 (echo); RFC 791, section 3.1", ipv4_request},
        {"options stay, and the ICMP message is found behind them", "RFC 791, section 3.1 (IHL)",
         ipv4_options},
        {"padding behind the packet is not sent back", "RFC 791, section 3.1 (total length)",
         padded_request},
        {"an IPv6 echo request is answered", "RFC 4443, sections 4.1 and 2.3", ipv6_request},
        {"other ICMP messages are not answered", "RFC 792; RFC 1122, section 3.2.2",
         other_messages},
        {"other protocols are not answered", "RFC 791, section 3.1 (protocol)", other_protocols}}},
      argc, argv);
}
