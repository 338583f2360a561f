// Runs the vectors of the Internet checksum: whole sums, RFC 1624's update, rewritten headers, and NAT's rewriting.
#include "base/ip_address.hpp"
#include "vectors/vectors.hpp"
#include "wire/checksum.hpp"
#include "wire/checksum_update.hpp"

namespace {

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;
using rapidjson::Value;

std::string word(std::uint16_t value) { return fmt::format("{:04x}", value); }
std::uint16_t word(const Value& object, const char* name) {
  return load_be16(Bytes{hex(object, name)}.first<2>());
}
IpAddress address(const Value& object, const char* name) {
  return IpAddress::parse(object[name].GetString()).value();
}

/// The header of `before` with everything of `after` but the checksum, which is updated.
std::string updated_header(std::vector<std::uint8_t> before, Bytes after) {
  const auto field = MutableBytes{before}.subspan<10, 2>();
  std::uint16_t checksum = load_be16(field);
  for (std::size_t i = 0; i < before.size(); i += 2) {
    if (i == 10) continue;
    checksum = checksum_update(checksum, Bytes{before}.subspan(i, 2), after.subspan(i, 2));
  }
  copy_bytes(after, before);
  store_be16(field, checksum);
  return to_hex(before);
}

/// A segment after its source address and port were replaced: the checksum covers both, through the pseudo header.
std::string rewritten_segment(const Value& before, const Value& after, bool udp) {
  auto segment = hex(before, "segment");
  const auto field = MutableBytes{segment}.subspan(udp ? 6 : 16).first<2>();
  std::uint16_t checksum = load_be16(field);
  checksum =
      checksum_update(checksum, address(before, "src").bytes(), address(after, "src").bytes());
  const auto port = static_cast<std::uint16_t>(after["src_port"].GetUint());
  checksum = checksum_update(checksum, load_be16(Bytes{segment}.first<2>()), port);
  store_be16(field, udp ? udp_checksum_on_wire(checksum) : checksum);
  store_be16(MutableBytes{segment}.first<2>(), port);
  return to_hex(segment);
}

void run(Vectors& vectors) {
  const auto document = vectors.load();
  const auto each = [&](const char* group, auto check) {
    const Value& list = document[group];
    for (rapidjson::SizeType i = 0; i < list.Size(); ++i)
      check(fmt::format("{}[{}]", group, i), list[i]);
  };
  each("full", [&](const std::string& where, const Value& v) {
    vectors.check(where + ".sum", v["sum"].GetString(), word(ones_complement_sum(hex(v, "data"))));
    vectors.check(where + ".checksum", v["checksum"].GetString(),
                  word(internet_checksum(hex(v, "data"))));
  });
  each("incremental", [&](const std::string& where, const Value& v) {
    const auto found = checksum_update(word(v, "old_checksum"), word(v, "old"), word(v, "new"));
    vectors.check(where, v["new_checksum"].GetString(), word(found));
  });
  each("ipv4_header_rewrite", [&](const std::string& where, const Value& v) {
    vectors.check(where, v["after"].GetString(), updated_header(hex(v, "before"), hex(v, "after")));
  });
  for (const char* group : {"nat_ipv4", "nat_ipv6"}) {
    each(group, [&](const std::string& where, const Value& v) {
      const bool udp = std::string{v["protocol"].GetString()} == "udp";
      vectors.check(where, v["after"]["segment"].GetString(),
                    rewritten_segment(v["before"], v["after"], udp));
    });
  }
  each("udp_zero", [&](const std::string& where, const Value& v) {
    auto segment = hex(v, "segment");
    segment[6] = segment[7] = 0;
    const auto start =
        pseudo_header_sum(address(v, "src"), address(v, "dst"), Protocol::udp, segment.size());
    vectors.check(where, "ffff", word(udp_checksum_on_wire(internet_checksum(segment, start))));
  });
}

}  // namespace

int main(int argc, char** argv) { return run_files(argc, argv, {{"checksum/internet.json", run}}); }
