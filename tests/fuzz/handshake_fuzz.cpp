#include <algorithm>

#include "fuzz/fuzz.hpp"
#include "noise/cookie.hpp"
#include "noise/responder.hpp"
#include "support/seeded_random.hpp"

namespace {

/// The input with the type and the length of a `Kind`, so that it comes past parse().
template <class Kind>
Kind as(culvert::Bytes bytes) {
  Kind message;
  culvert::copy_bytes(bytes.first(std::min(bytes.size(), Kind::size - 4)),
                      message.bytes().subspan(4));
  return culvert::noise::parse<Kind>(message.bytes()).value();
}

}  // namespace

void culvert::fuzz::one_input(Bytes bytes) {
  using namespace noise;
  test::SeededRandom random{1};
  static const auto keys = crypto::KeyPair::generate(random);
  CookieKeeper keeper{keys.public_key};
  const CookieChecker checker{keys.public_key};

  if (const auto message = parse<Initiation>(bytes)) use(message->bytes());
  auto initiation = as<Initiation>(bytes);
  expect(!consume(initiation, keys), "nobody opens what was not sealed for him");
  expect(!checker.mac1_fits(initiation.bytes()), "nobody guesses a MAC");
  expect(!keeper.consume({}, as<CookieReply>(bytes)), "who sent nothing takes no cookie");
  keeper.add_macs({}, initiation.bytes());
  expect(checker.mac1_fits(initiation.bytes()), "a MAC that was made fits");
  expect(!keeper.consume({}, as<CookieReply>(bytes)), "nobody guesses a cookie reply");
}
