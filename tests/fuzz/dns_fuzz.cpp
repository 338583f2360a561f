#include "wire/dns.hpp"

#include "fuzz/fuzz.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  const auto dns = wire::DnsView::parse(bytes);
  if (!dns) return;
  wire::DnsQuestions questions{*dns};
  while (const auto question = questions.next()) {
    std::size_t length = 1;
    question->name.for_each_label([&](Bytes label) { use(label), length += label.size() + 1; });
    expect(length <= 255, "a name has at most 255 bytes");
  }
  wire::DnsRecords records{*dns};
  while (const auto record = records.next()) {
    record->name.for_each_label([](Bytes label) { use(label); });
    use(record->type, record->klass, record->ttl, record->data);
  }
}
