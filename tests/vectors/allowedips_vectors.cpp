// Runs the vectors of the allowed IPs: prefixes come, move and go, and addresses ask for their owner.
#include <algorithm>
#include <map>

#include "tunnel/allowed_ips.hpp"
#include "vectors/vectors.hpp"

namespace {

using namespace culvert;
using namespace culvert::test;
using rapidjson::Value;

/// The table speaks of numbers, the vectors of names; and who owns what is known outside of the table.
class Table {
 public:
  void insert(const Prefix& prefix, const std::string& peer) {
    ips_.insert(prefix, number_of(peer));
    owners_[prefix] = peer;
  }
  void remove(const Prefix& prefix, const std::string& peer) {
    if (const auto at = owners_.find(prefix); at != owners_.end() && at->second == peer)
      drop(prefix);
  }
  void remove_peer(const std::string& peer) {
    for (const auto& [prefix, owner] : std::map{owners_})
      if (owner == peer) drop(prefix);
  }
  std::string lookup(const IpAddress& address) const {
    const auto owner = ips_.lookup(address);
    return owner ? names_.at(*owner) : "nobody";
  }

 private:
  void drop(const Prefix& prefix) {
    ips_.remove(prefix);
    owners_.erase(prefix);
  }
  std::uint32_t number_of(const std::string& peer) {
    const auto at = std::find(names_.begin(), names_.end(), peer);
    const auto number = static_cast<std::uint32_t>(at - names_.begin());
    if (at == names_.end()) names_.push_back(peer);
    return number;
  }

  tunnel::AllowedIps ips_;
  std::map<Prefix, std::string> owners_;
  std::vector<std::string> names_;
};

std::string peer_of(const Value& step) {
  return step["peer"].IsNull() ? "nobody" : step["peer"].GetString();
}
Prefix prefix_of(const Value& step) { return Prefix::parse(step["prefix"].GetString()).value(); }

void check_lookup(Vectors& vectors, const std::string& where, const Table& table,
                  const Value& step) {
  const std::string found = table.lookup(IpAddress::parse(step["address"].GetString()).value());
  if (step.HasMember("not_peer")) {
    const std::string other = step["not_peer"].GetString();
    vectors.check(where, "not " + other, found == other ? found : "not " + other);
  } else {
    vectors.check(where, peer_of(step), found);
  }
}

void run_case(Vectors& vectors, const Value& test_case) {
  Table table;
  std::size_t number = 0;
  for (const Value& step : test_case["steps"].GetArray()) {
    const std::string where = fmt::format("{}.steps[{}]", test_case["name"].GetString(), number++);
    const std::string op = step["op"].GetString();
    if (op == "insert") table.insert(prefix_of(step), peer_of(step));
    if (op == "remove") table.remove(prefix_of(step), peer_of(step));
    if (op == "remove_peer") table.remove_peer(peer_of(step));
    if (op == "lookup") check_lookup(vectors, where, table, step);
  }
}

int run(Vectors& vectors) {
  const auto document = vectors.load();
  for (const Value& test_case : document["cases"].GetArray()) run_case(vectors, test_case);
  return vectors.finish();
}

}  // namespace

int main(int argc, char** argv) {
  Vectors vectors{argc > 1 ? argv[1] : ".", "wireguard/allowedips.json"};
  if (!vectors.there()) {
    fmt::print("skipped: {} is not there (set CULVERT_VECTORS to the folder of vectors)\n",
               vectors.path().string());
    return skipped;
  }
  return run(vectors);
}
