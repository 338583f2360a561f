// Runs the vectors of the replay window: counters in the order of their arrival, and what becomes of each.
#include "tunnel/replay_window.hpp"
#include "vectors/vectors.hpp"

namespace {

using namespace culvert;
using namespace culvert::test;

std::string in_words(bool accepted) { return accepted ? "accepted" : "refused"; }

void run_case(Vectors& vectors, const rapidjson::Value& test_case) {
  const std::string name = test_case["name"].GetString();
  vectors.check(name + ".window", std::to_string(test_case["window"].GetUint64()),
                std::to_string(tunnel::ReplayWindow::width));
  vectors.check(name + ".reject_at", test_case["reject_at"].GetString(),
                std::to_string(tunnel::reject_after_messages));
  tunnel::ReplayWindow window;
  std::size_t step = 0;
  for (const auto& pair : test_case["steps"].GetArray()) {
    const std::string counter = pair[0].GetString();
    vectors.check(fmt::format("{}.steps[{}]: counter {}", name, step++, counter),
                  in_words(pair[1].GetBool()), in_words(window.accept(std::stoull(counter))));
  }
}

int run(Vectors& vectors) {
  const auto document = vectors.load();
  for (const auto& test_case : document["cases"].GetArray()) run_case(vectors, test_case);
  return vectors.finish();
}

}  // namespace

int main(int argc, char** argv) {
  Vectors vectors{argc > 1 ? argv[1] : ".", "wireguard/replay.json"};
  if (!vectors.there()) {
    fmt::print("skipped: {} is not there (set CULVERT_VECTORS to the folder of vectors)\n",
               vectors.path().string());
    return skipped;
  }
  return run(vectors);
}
