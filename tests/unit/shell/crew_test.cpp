#include "shell/crew.hpp"

#include "support/catch.hpp"
#include "support/sealing_jobs.hpp"

using namespace culvert;
using test::SealingJobs;

TEST_CASE("a crew does each job once, however many there are of both", "[shell]") {
  const auto workers = GENERATE(1u, 2u, 3u, 8u);
  CAPTURE(workers);
  shell::Crew crew{workers};
  for (const std::size_t count : {0u, 1u, 15u, 16u, 17u, 64u, 255u, 256u}) {
    CAPTURE(count);
    SealingJobs jobs{count};
    crew.run(jobs.to_seal());
    CHECK(jobs.are_sealed());
    crew.run(jobs.to_open());
    CHECK(jobs.are_open());
  }
}

TEST_CASE("a crew finds out which messages are forged", "[shell]") {
  shell::Crew crew{3};
  SealingJobs jobs{100};
  crew.run(jobs.to_seal());
  jobs.forge(7);
  jobs.forge(93);
  crew.run(jobs.to_open());
  CHECK(jobs.genuine() == 98);
}

TEST_CASE("batch after batch, nobody in a crew works on one that is over", "[shell]") {
  shell::Crew crew{4};
  for (std::size_t i = 0; i < 2000; ++i) {
    SealingJobs jobs{16 + i % 50};
    crew.run(jobs.to_seal());
    REQUIRE(jobs.are_sealed());
  }
}

TEST_CASE("a crew that has nothing to do ends at once", "[shell]") {
  for (int i = 0; i < 100; ++i) shell::Crew{4};
}
