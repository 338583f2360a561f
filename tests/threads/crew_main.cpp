// The crew at work under the thread sanitizer, which reports a race even where the result happens to be right.
#include <fmt/format.h>

#include "shell/crew.hpp"
#include "support/sealing_jobs.hpp"

using namespace culvert;

namespace {

bool work(std::size_t workers) {
  shell::Crew crew{workers};
  bool good = true;
  for (std::size_t batch = 0; batch < 300; ++batch) {
    test::SealingJobs jobs{shell::Crew::too_few + batch % 40};
    crew.run(jobs.to_seal());
    crew.run(jobs.to_open());
    good = good && jobs.are_open();
  }
  return good;
}

}  // namespace

int main() {
  for (const std::size_t workers : {2u, 3u, 8u}) {
    if (!work(workers)) {
      fmt::print("{} workers: every message expected to come back, some did not\n", workers);
      return 1;
    }
  }
  fmt::print("ok: no race found\n");
}
