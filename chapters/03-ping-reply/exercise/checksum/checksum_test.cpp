// What the sum of RFC 1071 must do, and the mistakes that people make with it.
#include "wire/checksum.hpp"

#include "support/exercise/exercise.hpp"

using namespace culvert;
using namespace culvert::exercise;

namespace {

using Buffer = std::vector<std::uint8_t>;

std::uint64_t words_of(Bytes bytes) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    sum += i % 2 == 0 ? std::uint64_t{bytes[i]} << 8 : bytes[i];
  return sum;
}

std::uint16_t low(std::uint64_t sum) { return static_cast<std::uint16_t>(sum); }
std::uint64_t fold_once(std::uint64_t sum) { return (sum & 0xffff) + (sum >> 16); }
std::uint16_t swapped(std::uint16_t word) {
  return static_cast<std::uint16_t>(word << 8 | word >> 8);
}

std::uint16_t folded(std::uint64_t sum) {
  while (sum > 0xffff) sum = fold_once(sum);
  return low(sum);
}

/// Every mistake that we know, applied to these bytes.
Causes<std::uint16_t> mistakes(Bytes bytes, std::uint16_t start) {
  const std::uint64_t sum = words_of(bytes) + start;
  const std::uint64_t even = words_of(bytes.first(bytes.size() / 2 * 2)) + start;
  return {
      {"the carry is dropped: what falls out at the top has to be added at the bottom", low(sum)},
      {"the carry is added once: adding it can make a new one", low(fold_once(sum))},
      {"the odd last byte is left out", folded(even)},
      {"the odd last byte is the high half of a word, not the low half",
       folded(even + bytes.back())},
      {"each word has its high byte first (network order)",
       folded(swapped(folded(words_of(bytes))) + std::uint64_t{start})},
      {"`start` is left out: the sum goes on from it", folded(sum - start)},
      {"the sum is wanted, not its complement: internet_checksum() turns the bits over",
       low(~folded(sum))},
      {"only `start` comes back: nothing was added up yet", start},
  };
}

void check(Attempt& attempt, const Buffer& bytes, std::uint16_t start = 0) {
  attempt.step(fmt::format("{} bytes: {}", bytes.size(),
                           to_hex(Bytes{bytes}.first(std::min<std::size_t>(bytes.size(), 32)))));
  if (start != 0) attempt.step(fmt::format("start: 0x{:04x}", start));
  const std::uint16_t yours = wire::ones_complement_sum(bytes, start);
  attempt.expect("the sum", yours, folded(words_of(bytes) + start), mistakes(bytes, start));
}

Buffer without_carry(test::SeededRandom& random) {
  Buffer bytes = random.bytes(4);
  bytes[0] &= 0x3f;
  bytes[2] &= 0x3f;
  return bytes;
}

void adds_words(Attempt& attempt) { check(attempt, without_carry(attempt.random())); }

void brings_the_carry_home(Attempt& attempt) {
  Buffer bytes = attempt.random().bytes(40);
  bytes[0] = bytes[2] = 0xff;
  check(attempt, bytes);
}

/// Words of which the sum, folded once, is above 16 bits again.
void brings_it_home_again(Attempt& attempt) {
  Buffer bytes(40, 0xff);
  bytes[38] = attempt.random().number<std::uint8_t>();
  const std::uint64_t rest = words_of(Bytes{bytes}.first(38));
  const std::uint64_t low_half = 0x1ffff - rest % 0x10000 - attempt.random().below(8);
  store_be16(MutableBytes{bytes}.subspan(38).first<2>(), low(low_half));
  check(attempt, bytes);
}

void pads_an_odd_byte(Attempt& attempt) {
  Buffer bytes = without_carry(attempt.random());
  bytes.push_back(static_cast<std::uint8_t>(attempt.random().below(0x30) + 1));
  check(attempt, bytes);
}

void goes_on_from_start(Attempt& attempt) {
  check(attempt, attempt.random().bytes(20),
        static_cast<std::uint16_t>(attempt.random().below(0xffff) + 1));
}

void takes_any_length(Attempt& attempt) {
  const std::size_t size = 1 + attempt.random().below(70'000);
  check(attempt, Buffer(size, attempt.random().coin() ? std::uint8_t{0xff}
                                                      : attempt.random().number<std::uint8_t>()));
}

void takes_nothing(Attempt& attempt) {
  const auto start = attempt.random().number<std::uint16_t>();
  attempt.step(fmt::format("no bytes, start: 0x{:04x}", start));
  attempt.expect("the sum of no bytes", wire::ones_complement_sum({}, start), start);
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"03",
       "checksum",
       {{"words are added, the high byte of each first", "RFC 1071, section 1 (1)", adds_words},
        {"the carry comes back in at the low end", "RFC 1071, section 1 (1), and 2",
         brings_the_carry_home},
        {"a carry made by the carry comes back too", "RFC 1071, section 4.1", brings_it_home_again},
        {"an odd last byte is the high half of a word", "RFC 1071, section 4.1", pads_an_odd_byte},
        {"the sum goes on from `start`", "RFC 9293, section 3.1 (the pseudo header)",
         goes_on_from_start},
        {"any length is summed, also 70000 bytes", "RFC 1071, section 2 (B)", takes_any_length},
        {"the sum of no bytes is `start`", "RFC 1071, section 1", takes_nothing}}},
      argc, argv);
}
