// When a tunnel's end has to speak up by itself: what each event sets and clears.
#include "tunnel/timers.hpp"

#include "support/exercise/exercise.hpp"

using namespace culvert;
using namespace culvert::exercise;
using namespace culvert::tunnel;
using namespace std::chrono_literals;

namespace {

std::string text(Instant at) {
  if (at == Timers::never) return "never";
  return fmt::format(
      "{} ms",
      std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
}

Instant some_moment(test::SeededRandom& random) {
  return Instant{std::chrono::milliseconds{100'000 + random.below(1'000'000)}};
}
Duration pause(test::SeededRandom& random) {
  return std::chrono::milliseconds{100 + random.below(4000)};
}

void expect_at(Attempt& attempt, std::string_view what, Instant yours, Instant expected,
               const Causes<std::string>& known = {}) {
  attempt.expect(what, text(yours), text(expected), known);
}

void keepalive_after_data(Attempt& attempt) {
  Timers timers;
  const Instant first = some_moment(attempt.random());
  const Instant second = first + pause(attempt.random());
  attempt.step("data comes in at " + text(first) + " and at " + text(second));
  timers.on_data_received(first);
  expect_at(attempt, "the keepalive after the first", timers.send_keepalive,
            first + keepalive_timeout,
            {{"no keepalive is planned: the peer will think we are gone", "never"}});
  timers.on_data_received(second);
  expect_at(attempt, "the keepalive after the second", timers.send_keepalive,
            first + keepalive_timeout,
            {{"each packet postpones the keepalive: while data keeps coming the peer hears nothing "
              "for ever",
              text(second + keepalive_timeout)}});
}

void sending_is_keepalive_enough(Attempt& attempt) {
  Timers timers;
  const Instant now = some_moment(attempt.random());
  timers.on_data_received(now);
  attempt.step("data comes in, then something goes out");
  timers.on_sent(now + 1s, Duration::zero());
  expect_at(
      attempt, "the keepalive", timers.send_keepalive, Timers::never,
      {{"a keepalive is sent though something else went out", text(now + keepalive_timeout)}});
}

void silence_asks_for_a_handshake(Attempt& attempt) {
  Timers timers;
  timers.jitter = std::chrono::milliseconds{1 + attempt.random().below(333)};
  const Instant first = some_moment(attempt.random());
  const Instant second = first + pause(attempt.random());
  const Instant expected = first + silence_timeout + timers.jitter;
  attempt.step("data goes out at " + text(first) + " and at " + text(second) +
               ", and nothing comes back");
  timers.on_data_sent(first);
  timers.on_data_sent(second);
  expect_at(attempt, "the handshake", timers.begin_handshake, expected,
            {{"no handshake is planned: a peer that restarted is never asked again", "never"},
             {"each packet postpones the handshake: who keeps sending never notices the silence",
              text(second + silence_timeout + timers.jitter)},
             {"the jitter is forgotten: two ends that began at once go on colliding",
              text(first + silence_timeout)}});
  attempt.step("then something comes back");
  timers.on_received(second + 1s, Duration::zero());
  expect_at(attempt, "the handshake", timers.begin_handshake, Timers::never,
            {{"what came back does not clear it: the peer is there, and is asked all the same",
              text(expected)}});
}

void persistent(Attempt& attempt) {
  Timers timers;
  const auto every = std::chrono::seconds{5 + attempt.random().below(50)};
  const Instant now = some_moment(attempt.random());
  attempt.step(fmt::format("a peer behind a NAT wants a keepalive every {} s", every.count()));
  timers.on_sent(now, every);
  expect_at(attempt, "after sending", timers.persistent_keepalive, now + every,
            {{"sending does not count from anew", "never"}});
  timers.on_received(now + 2s, every);
  expect_at(attempt, "after receiving", timers.persistent_keepalive, now + 2s + every,
            {{"receiving keeps the NAT open too: it counts from there anew", text(now + every)}});
  Timers none;
  none.on_sent(now, Duration::zero());
  expect_at(attempt, "where none is wanted", none.persistent_keepalive, Timers::never,
            {{"an interval of 0 means: none", text(now)}});
}

void retries(Attempt& attempt) {
  Timers timers;
  timers.jitter = std::chrono::milliseconds{1 + attempt.random().below(333)};
  const Instant first = some_moment(attempt.random());
  const Instant second = first + 6s;
  attempt.step("initiations go out at " + text(first) + " and at " + text(second));
  timers.on_initiation_sent(first);
  expect_at(attempt, "the first repetition", timers.retry_handshake,
            first + rekey_timeout + timers.jitter,
            {{"the jitter is forgotten: two ends that began at once go on colliding",
              text(first + rekey_timeout)},
             {"an unanswered initiation is not repeated", "never"}});
  timers.on_initiation_sent(second);
  expect_at(attempt, "the next repetition", timers.retry_handshake,
            second + rekey_timeout + timers.jitter);
  attempt.expect("giving up after 89 s", timers.is_giving_up(first + 89s), false,
                 {{"the time is over too early", true}});
  attempt.expect("giving up after 90 s", timers.is_giving_up(first + 90s), true,
                 {{"each initiation begins the 90 s anew: nobody ever gives up", false}});
  attempt.step("the session is confirmed");
  timers.on_session_confirmed();
  expect_at(
      attempt, "the repetition", timers.retry_handshake, Timers::never,
      {{"an answered initiation is still repeated", text(second + rekey_timeout + timers.jitter)}});
  attempt.expect("giving up later", timers.is_giving_up(first + 300s), false,
                 {{"an answered initiation still counts as unanswered", true}});
}

void keys_are_forgotten(Attempt& attempt) {
  Timers timers;
  const Instant now = some_moment(attempt.random());
  attempt.step("a session is made, and one more");
  timers.on_session_made(now);
  timers.on_session_made(now + 60s);
  expect_at(attempt, "the keys are wiped", timers.forget_keys, now + 60s + forget_keys_after,
            {{"the keys are kept for ever: who steals the machine reads the past", "never"},
             {"a newer session does not keep the keys longer", text(now + forget_keys_after)}});
}

void gives_up(Attempt& attempt) {
  Timers timers;
  const Instant now = some_moment(attempt.random());
  timers.on_initiation_sent(now);
  timers.on_data_received(now);
  attempt.step("90 s later we give up");
  timers.on_gave_up(now + 90s);
  expect_at(attempt, "the repetition", timers.retry_handshake, Timers::never);
  expect_at(attempt, "the keepalive", timers.send_keepalive, Timers::never,
            {{"a keepalive for somebody who is not there", text(now + keepalive_timeout)}});
  expect_at(attempt, "the keys are wiped", timers.forget_keys, now + 90s + forget_keys_after,
            {{"the keys are kept for ever: who steals the machine reads the past", "never"}});
}

void the_first(Attempt& attempt) {
  auto& random = attempt.random();
  Timers timers;
  Instant* const all[] = {&timers.retry_handshake, &timers.begin_handshake, &timers.send_keepalive,
                          &timers.persistent_keepalive, &timers.forget_keys};
  for (Instant* timer : all) *timer = some_moment(random);
  const Instant earliest{1s};
  *all[random.below(5)] = earliest;
  attempt.step("five timers run, and one of them ends at " + text(earliest));
  expect_at(attempt, "the first of all", timers.first(), earliest);
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise({"09",
                       "timers",
                       {{"received data is answered by a keepalive after 10 s",
                         "WireGuard's paper, section 6.5", keepalive_after_data},
                        {"whatever goes out is keepalive enough", "WireGuard's paper, section 6.5",
                         sending_is_keepalive_enough},
                        {"sent data that nobody answers asks for a handshake",
                         "WireGuard's paper, section 6.5", silence_asks_for_a_handshake},
                        {"a persistent keepalive counts from the last packet of either direction",
                         "wg(8), PersistentKeepalive", persistent},
                        {"an unanswered initiation is repeated, for 90 s",
                         "WireGuard's paper, section 6.4", retries},
                        {"keys that nothing renews are forgotten", "WireGuard's paper, section 6.3",
                         keys_are_forgotten},
                        {"who gives up says nothing more and forgets the keys",
                         "WireGuard's paper, section 6.4", gives_up},
                        {"first() is the earliest of all", "timers.hpp", the_first}}},
                      argc, argv);
}
