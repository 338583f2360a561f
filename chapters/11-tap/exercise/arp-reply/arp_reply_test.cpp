// What an ARP reply must be, byte for byte, and which frames are not to be answered.
#include "wire/arp_reply.hpp"

#include "support/exercise/exercise.hpp"

using namespace culvert;
using namespace culvert::exercise;

namespace {

using Buffer = std::vector<std::uint8_t>;

/// Who speaks, who is asked.
struct Scene {
  MacAddress asker_mac;
  Ipv4Address asker_ip;
  wire::Station us;
};

Scene scene(test::SeededRandom& random) {
  return {random.mac(), random.ipv4(), {random.mac(), random.ipv4()}};
}

void append(Buffer& out, Bytes bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }
void append16(Buffer& out, unsigned value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value));
}

struct Arp {
  unsigned operation;
  Bytes sender_mac, sender_ip, target_mac, target_ip;
};

Buffer frame(Bytes to, Bytes from, const Arp& arp, unsigned ether_type = 0x0806) {
  Buffer out;
  append(out, to);
  append(out, from);
  append16(out, ether_type);
  append16(out, 1);
  append16(out, 0x0800);
  out.push_back(6);
  out.push_back(4);
  append16(out, arp.operation);
  for (const Bytes part : {arp.sender_mac, arp.sender_ip, arp.target_mac, arp.target_ip})
    append(out, part);
  return out;
}

constexpr std::uint8_t all[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
constexpr std::uint8_t zeros[] = {0, 0, 0, 0, 0, 0};

Buffer request(const Scene& who, const Ipv4Address& asked, unsigned operation = 1,
               unsigned ether_type = 0x0806) {
  return frame(all, who.asker_mac.bytes(),
               {operation, who.asker_mac.bytes(), who.asker_ip.bytes(), zeros, asked.bytes()},
               ether_type);
}

Buffer reply(const Scene& who) {
  const Bytes mac = who.us.mac.bytes();
  const Bytes asker = who.asker_mac.bytes();
  return frame(asker, mac, {2, mac, who.us.ip.bytes(), asker, who.asker_ip.bytes()});
}

std::optional<Buffer> reply_of_learner(Attempt& attempt, std::string_view what, const Buffer& in,
                                       const wire::Station& us) {
  attempt.step(fmt::format("{}; we are {} at {}", what, to_string(us.ip), to_string(us.mac)));
  Buffer out(128);
  const auto made = wire::build_arp_reply(out, in, us);
  if (!made) return std::nullopt;
  return Buffer(made->begin(), made->end());
}

void expect_reply(Attempt& attempt, std::string_view what, const Scene& who, const Buffer& asked) {
  const auto yours = reply_of_learner(attempt, what, asked, who.us);
  attempt.expect("it is answered", yours.has_value(), true,
                 {{"a request for our address was not recognised", false}});
  const Bytes mac = who.us.mac.bytes();
  const Bytes asker = who.asker_mac.bytes();
  const Buffer broadcast =
      frame(all, mac, {2, mac, who.us.ip.bytes(), asker, who.asker_ip.bytes()});
  const Buffer still_request =
      frame(asker, mac, {1, mac, who.us.ip.bytes(), asker, who.asker_ip.bytes()});
  const Buffer not_turned =
      frame(asker, mac, {2, asker, who.asker_ip.bytes(), mac, who.us.ip.bytes()});
  const Buffer ips_kept =
      frame(asker, mac, {2, mac, who.asker_ip.bytes(), asker, who.us.ip.bytes()});
  Buffer from_asker = reply(who);
  std::copy(asker.begin(), asker.end(), from_asker.begin() + 6);
  attempt.expect_packet(
      "the reply differs", {Kind::ethernet, asked, reply(who), *yours},
      {{"the request came back as it was: nothing was changed", asked},
       {"the reply goes to everybody, and only the asker wants it", broadcast},
       {"the operation is still 1 (request): a reply is 2", still_request},
       {"sender and target are not exchanged: in a reply we are the sender", not_turned},
       {"the IP addresses are not exchanged: the sender's belongs to the sender's Ethernet address",
        ips_kept},
       {"the frame's source is the asker's own address: switches would learn it at our port",
        from_asker}});
}

void expect_silence(Attempt& attempt, std::string_view what, const Scene& who, const Buffer& in,
                    std::string_view mistake) {
  const auto yours = reply_of_learner(attempt, what, in, who.us);
  attempt.expect("it is answered", yours.has_value(), false, {{mistake, true}});
}

void asked_for_us(Attempt& attempt) {
  const Scene who = scene(attempt.random());
  expect_reply(attempt, "somebody asks for our address", who, request(who, who.us.ip));
}
void padded(Attempt& attempt) {
  const Scene who = scene(attempt.random());
  Buffer in = request(who, who.us.ip);
  in.resize(60);  // the shortest frame on a cable
  expect_reply(attempt, "the request is padded to 60 bytes", who, in);
}
void asked_for_another(Attempt& attempt) {
  const Scene who = scene(attempt.random());
  const Ipv4Address other{who.us.ip.to_number() ^ (1u << attempt.random().below(32))};
  expect_silence(attempt, "somebody asks for " + to_string(other), who, request(who, other),
                 "it answers for somebody else's address: that is the attack of this chapter");
}
void replies(Attempt& attempt) {
  const Scene who = scene(attempt.random());
  expect_silence(attempt, "a reply comes, to our address", who, request(who, who.us.ip, 2),
                 "a reply is answered: two who do so would never stop");
}
void other_types(Attempt& attempt) {
  const Scene who = scene(attempt.random());
  expect_silence(attempt, "a frame of EtherType 0x8035", who, request(who, who.us.ip, 1, 0x8035),
                 "the EtherType is not asked: not every frame is ARP");
}
void short_frames(Attempt& attempt) {
  const Scene who = scene(attempt.random());
  Buffer in = request(who, who.us.ip);
  in.resize(attempt.random().below(static_cast<std::uint32_t>(in.size())));
  expect_silence(attempt, fmt::format("a request cut to {} bytes", in.size()), who, in,
                 "a frame that ends too early is believed");
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"11",
       "arp-reply",
       {{"a request for our address is answered, to the asker alone", "RFC 826, Packet Reception",
         asked_for_us},
        {"padding behind the request is not sent back", "IEEE 802.3, section 3.2.8", padded},
        {"a request for another address is not answered", "RFC 826, Packet Reception",
         asked_for_another},
        {"a reply is not answered", "RFC 826, Packet Reception (ares_op$REQUEST)", replies},
        {"another EtherType is not answered", "RFC 826, Packet format", other_types},
        {"a frame that ends too early is not answered", "RFC 826, Packet format", short_frames}}},
      argc, argv);
}
