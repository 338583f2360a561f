// What the update of RFC 1624 must give: exactly what summing everything again gives.
#include "wire/checksum_update.hpp"

#include "support/exercise/exercise.hpp"

using namespace culvert;
using namespace culvert::exercise;

namespace {

using Word = std::uint16_t;

Word word(std::uint32_t value) { return static_cast<Word>(value); }
Word inverse(Word value) { return word(~std::uint32_t{value}); }

Word folded(std::uint32_t sum) {
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return word(sum);
}

/// One of three words of a header changes; the other two stay.
struct Change {
  Word before;
  Word after;
  Word rest;

  Word checksum(Word changing) const { return inverse(folded(std::uint32_t{rest} + changing)); }
};

void check(Attempt& attempt, const Change& change) {
  const Word old = change.checksum(change.before);
  const Word m = change.before;
  const Word n = change.after;
  attempt.step(fmt::format("checksum 0x{:04x}; a word goes from 0x{:04x} to 0x{:04x}", old, m, n));
  attempt.expect(
      "the new checksum", wire::checksum_update(old, m, n), change.checksum(n),
      {{"the old checksum comes back: nothing was updated", old},
       {"equation 2 of RFC 1141 (HC + m + ~m'): it gives the other zero; RFC 1624 mends that",
        folded(std::uint32_t{old} + m + inverse(n))},
       {"before and after are taken for each other",
        inverse(folded(std::uint32_t{inverse(old)} + m + inverse(n)))},
       {"before and after are taken for each other",
        inverse(folded(std::uint32_t{inverse(old)} + inverse(n) + m))},
       {"the carry is dropped: what falls out at the top has to be added at the bottom",
        inverse(word(std::uint32_t{inverse(old)} + inverse(m) + n))},
       {"the carry is added once: adding it can make a new one", inverse([&] {
          const std::uint32_t sum = std::uint32_t{inverse(old)} + inverse(m) + n;
          return word((sum & 0xffff) + (sum >> 16));
        }())},
       {"the sum comes back, and the packet wants its complement",
        folded(std::uint32_t{inverse(old)} + inverse(m) + n)},
       {"the checksum stands complemented in the packet: turn it over before going on from it",
        inverse(folded(std::uint32_t{old} + inverse(m) + n))},
       {"plain subtraction: a borrow has to be taken at the bottom, as a carry is added there",
        word(std::uint32_t{old} + m - n)}});
}

void any_change(Attempt& attempt) {
  auto& random = attempt.random();
  check(attempt,
        {random.number<Word>(), random.number<Word>(), word(0x4500 + random.below(0x1000))});
}

void no_change(Attempt& attempt) {
  const Word same = attempt.random().number<Word>();
  check(attempt, {same, same, word(1 + attempt.random().below(0xfffe))});
}

/// The sum comes to 0xffff, its complement to 0x0000: the corner for which RFC 1624 was written.
void the_other_zero(Attempt& attempt) {
  auto& random = attempt.random();
  const Word rest = word(1 + random.below(0xfffd));
  check(attempt, {word(random.below(0xffff)), word(0xffff - rest), rest});
}

void many_changes(Attempt& attempt) {
  auto& random = attempt.random();
  const Word rest = word(0x4500 + random.below(0x100));
  Word now = random.number<Word>();
  for (int i = 0; i < 300; ++i) {
    const Word next = random.number<Word>();
    check(attempt, {now, next, rest});
    now = next;
  }
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"04",
       "checksum-update",
       {{"the updated checksum is the one that summing again gives", "RFC 1624, section 3",
         any_change},
        {"a word that does not change leaves the checksum alone", "RFC 1624, section 3", no_change},
        {"a sum of 0xffff gives the checksum 0x0000", "RFC 1624, sections 3 and 4 (the example)",
         the_other_zero},
        {"that holds for many changes in a row", "RFC 1624, section 3", many_changes}}},
      argc, argv);
}
