#include "wire/dns.hpp"

#include <string>

#include "support/parser.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// Query 0x1234 with two questions: A of "www.site.example", and AAAA of "ns.site.example" whose end is a pointer to
// byte 16, "site.example".
const auto query = bytes(
    "12 34 01 00 00 02 00 00 00 00 00 00"
    "03 77 77 77 04 73 69 74 65 07 65 78 61 6d 70 6c 65 00 00 01 00 01"
    "02 6e 73 c0 10 00 1c 00 01");

std::string text(const DnsName& name) {
  std::string out;
  name.for_each_label([&](Bytes label) { out += std::string(label.begin(), label.end()) + '.'; });
  return out;
}

std::vector<std::uint8_t> name_of(std::size_t labels, std::uint8_t length) {
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i < labels; ++i) {
    out.push_back(length);
    out.insert(out.end(), length, 'x');
  }
  out.push_back(0);
  return out;
}

}  // namespace

TEST_CASE("DNS records are read behind the questions, with compressed names and their data", "[wire][dns]") {
  // One question, www.site.example, and two answers to it: CNAME of "web" + byte 16, "site.example"; A of that name.
  const auto answer = bytes(
      "12 34 81 80 00 01 00 02 00 00 00 00"
      "03 77 77 77 04 73 69 74 65 07 65 78 61 6d 70 6c 65 00 00 01 00 01"
      "c0 0c 00 05 00 01 00 00 00 3c 00 06 03 77 65 62 c0 10"
      "c0 2e 00 01 00 01 00 00 00 05 00 04 c0 00 02 50");
  DnsRecords records{*DnsView::parse(answer)};
  const auto alias = records.next();
  REQUIRE(alias);
  CHECK(text(alias->name) == "www.site.example.");
  CHECK(alias->type == dns_type::cname);
  CHECK(alias->klass == 1);
  CHECK(alias->ttl == 60);
  CHECK(text(*DnsName::parse(answer, alias->data_at)) == "web.site.example.");
  const auto address = records.next();
  REQUIRE(address);
  CHECK(text(address->name) == "web.site.example.");
  CHECK(to_vector(address->data) == bytes("c0 00 02 50"));
  CHECK_FALSE(records.next());
  CHECK_FALSE(records.error());
  // Cut anywhere behind the questions, the records that are whole come, then the error.
  for (std::size_t length = 34; length < answer.size(); ++length) {
    CAPTURE(length);
    const std::vector<std::uint8_t> beginning(answer.begin(), answer.begin() + static_cast<std::ptrdiff_t>(length));
    DnsRecords cut{*DnsView::parse(beginning)};
    while (cut.next()) {
    }
    REQUIRE(cut.error());
    CHECK(cut.error()->fault == Fault::truncated);
  }
}

TEST_CASE("a DNS record whose name points at itself is refused", "[wire][dns]") {
  const auto loop = bytes("00 01 80 00 00 00 00 01 00 00 00 00  c0 0c 00 01 00 01 00 00 00 05 00 00");
  DnsRecords records{*DnsView::parse(loop)};
  CHECK_FALSE(records.next());
  REQUIRE(records.error());
  CHECK(records.error()->fault == Fault::bad_name);
}

TEST_CASE("a DNS view reads every field", "[wire][dns]") {
  const auto view = DnsView::parse(query);
  REQUIRE(view);
  CHECK(view->id() == 0x1234);
  CHECK(view->flags() == 0x0100);
  CHECK(view->recursion_desired());
  CHECK_FALSE(view->is_response());
  CHECK(view->question_count() == 2);
  CHECK(view->answer_count() == 0);
  CHECK(view->name_server_count() == 0);
  CHECK(view->additional_count() == 0);
  CHECK(view->header_length() == 12);
  CHECK(to_vector(view->message()) == query);
}

TEST_CASE("each DNS flag has its own bits", "[wire][dns]") {
  const auto header = bytes("00 00 ae 83 00 01 00 02 00 03 00 04");
  const auto view = DnsView::parse(header);
  REQUIRE(view);
  CHECK(view->is_response());
  CHECK(view->opcode() == 5);
  CHECK(view->authoritative());
  CHECK(view->truncated());
  CHECK_FALSE(view->recursion_desired());
  CHECK(view->recursion_available());
  CHECK(view->rcode() == 3);
  CHECK(view->question_count() == 1);
  CHECK(view->answer_count() == 2);
  CHECK(view->name_server_count() == 3);
  CHECK(view->additional_count() == 4);
}

TEST_CASE("a DNS view refuses every truncation of its header", "[wire][dns]") {
  refuses_every_truncation(Bytes{query}.first(12), DnsView::parse);
}

TEST_CASE("a written DNS header reads back as it was", "[wire][dns]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const DnsFields fields{random.number<std::uint16_t>(), random.number<std::uint16_t>(),
                         random.number<std::uint16_t>(), random.number<std::uint16_t>(),
                         random.number<std::uint16_t>(), random.number<std::uint16_t>()};
  std::array<std::uint8_t, 12> out{};
  write(fields, out);
  const auto view = DnsView::parse(out);
  REQUIRE(view);
  CHECK(DnsFields{view->id(), view->flags(), view->question_count(), view->answer_count(),
                  view->name_server_count(), view->additional_count()} == fields);
}

TEST_CASE("DNS questions give every name, type and class, through a compression pointer too",
          "[wire][dns]") {
  DnsQuestions questions{*DnsView::parse(query)};
  const auto first = questions.next();
  REQUIRE(first);
  CHECK(text(first->name) == "www.site.example.");
  CHECK(first->name.size() == 18);
  CHECK(first->type == dns_type::a);
  CHECK(first->klass == 1);

  const auto second = questions.next();
  REQUIRE(second);
  CHECK(text(second->name) == "ns.site.example.");
  CHECK(second->name.size() == 5);
  CHECK(second->type == dns_type::aaaa);
  CHECK_FALSE(questions.next());
  CHECK_FALSE(questions.error());
}

TEST_CASE("DNS questions stop with an error at every truncation", "[wire][dns]") {
  for (std::size_t length = 12; length < query.size(); ++length) {
    CAPTURE(length);
    const auto beginning = to_vector(Bytes{query}.first(length));
    DnsQuestions questions{*DnsView::parse(beginning)};
    while (questions.next()) {
    }
    REQUIRE(questions.error());
    CHECK(questions.error()->fault == Fault::truncated);
    CHECK(questions.error()->found == length);
    CHECK(questions.error()->needed > length);
    CHECK_FALSE(questions.next());
  }
}

TEST_CASE("DNS questions ignore bytes after the last", "[wire][dns]") {
  const auto longer = with_tail(query);
  DnsQuestions questions{*DnsView::parse(longer)};
  CHECK(questions.next());
  CHECK(questions.next());
  CHECK_FALSE(questions.next());
  CHECK_FALSE(questions.error());
}

TEST_CASE("a DNS name refuses a pointer to itself, forward, or in a circle", "[wire][dns]") {
  const char* hex = GENERATE("c0 00", "c0 02 00", "01 61 c0 00", "01 61 c0 05 00 00");
  CAPTURE(hex);
  const auto message = bytes(hex);
  const auto name = DnsName::parse(message, 0);
  REQUIRE_FALSE(name);
  CHECK(name.error().fault == Fault::bad_name);
  CHECK(name.error().field.name == "pointer");

  const auto circle = bytes("01 61 c0 04 01 62 c0 00");  // each of two names ends in the other
  CHECK_FALSE(DnsName::parse(circle, 4));
}

TEST_CASE("a DNS name refuses label types that do not exist", "[wire][dns]") {
  const auto name = DnsName::parse(bytes("40 00"), 0);
  REQUIRE_FALSE(name);
  check_error(name.error(), Fault::bad_name, "label type", 0, 1);
  CHECK_FALSE(DnsName::parse(bytes("80 00"), 0));
}

TEST_CASE("a DNS name has at most 255 bytes, however many pointers make it up", "[wire][dns]") {
  CHECK(DnsName::parse(name_of(127, 1), 0)->size() == 255);
  const auto too_long = DnsName::parse(name_of(128, 1), 0);
  REQUIRE_FALSE(too_long);
  check_error(too_long.error(), Fault::bad_name, "name", 255, 257);

  auto message = name_of(3, 63);  // 193 bytes
  for (const auto byte : name_of(1, 63)) message.push_back(byte);
  message.back() = 0xc0;  // its end is the first name: 64 more are too many
  message.push_back(0x00);
  CHECK_FALSE(DnsName::parse(message, 193));
}

TEST_CASE("a DNS name follows at most 127 pointers, so that no message takes long to read",
          "[wire][dns]") {
  std::vector<std::uint8_t> chain{0};  // the root, then pointers that each lead to the one before
  for (std::size_t i = 0; i < 128; ++i) {
    const std::size_t target = i == 0 ? 0 : chain.size() - 2;
    chain.push_back(static_cast<std::uint8_t>(0xc0 | target >> 8));
    chain.push_back(static_cast<std::uint8_t>(target));
  }
  CHECK(DnsName::parse(chain, chain.size() - 4));  // 127
  const auto name = DnsName::parse(chain, chain.size() - 2);
  REQUIRE_FALSE(name);
  check_error(name.error(), Fault::bad_name, "pointer", 127, 128);
}

TEST_CASE("the root is a DNS name without labels", "[wire][dns]") {
  const auto root = bytes("00");
  const auto name = DnsName::parse(root, 0);
  REQUIRE(name);
  CHECK(text(*name).empty());
  CHECK(name->size() == 1);
}
