#include "wire/dns.hpp"

namespace culvert::wire {
namespace {
constexpr std::size_t max_name = 255;  // RFC 1035, section 2.3.4: length bytes and the closing zero included
// Of 64 kB an attacker could make thousands of questions that each follow thousands of pointers to pointers.
constexpr std::size_t max_pointers = 127;  // a name has at most as many labels
}  // namespace

Parsed<DnsName> DnsName::parse(Bytes message, std::size_t offset) {
  constexpr auto name = "name";
  std::size_t at = offset;
  std::size_t fence = offset;    // pointers must lead to before it, and it only moves down: no loop can be closed
  std::size_t size = 0;          // where the name stands
  std::size_t name_length = 1;   // with all pointers followed
  std::size_t pointers = 0;

  while (true) {
    if (at >= message.size()) return wire::truncated(Layer::dns, {name, at}, at + 1, message.size());
    const std::uint8_t length = message[at];
    const std::size_t step = is_pointer(length) ? 2 : length + std::size_t{1};
    if (!is_pointer(length) && length > 63) {
      return failure(ParseError{Layer::dns, Fault::bad_name, {"label type", at}, 0, std::size_t{length} >> 6});
    }
    if (at + step > message.size()) {
      return wire::truncated(Layer::dns, {name, at}, at + step, message.size());
    }
    if (pointers == 0) size += step;
    if (length == 0) return DnsName{message, offset, size};

    if (is_pointer(length)) {
      const std::size_t target = pointer_target(message.subspan(at).first<2>());
      if (target >= fence) {
        return failure(ParseError{Layer::dns, Fault::bad_name, {"pointer", at}, fence, target});
      }
      if (++pointers > max_pointers) {
        return failure(ParseError{Layer::dns, Fault::bad_name, {"pointer", at}, max_pointers, pointers});
      }
      at = fence = target;
    } else {
      at += step;
      name_length += step;
      if (name_length > max_name) {
        return failure(ParseError{Layer::dns, Fault::bad_name, {name, offset}, max_name, name_length});
      }
    }
  }
}

Parsed<DnsView> DnsView::parse(Bytes bytes) {
  if (bytes.size() < header_size) return wire::truncated(layer, header_size, bytes.size());
  return DnsView{bytes.first<header_size>(), bytes};
}

std::optional<DnsQuestion> DnsQuestions::stop(const ParseError& error) {
  error_ = error;
  left_ = 0;
  return std::nullopt;
}

std::optional<DnsQuestion> DnsQuestions::next() {
  if (left_ == 0) return std::nullopt;
  const auto name = DnsName::parse(message_, at_);
  if (!name) return stop(name.error());

  const Bytes rest = message_.subspan(at_ + name->size());
  if (rest.size() < 4) {
    const std::size_t needed = message_.size() - rest.size() + 4;
    return stop(ParseError{Layer::dns, Fault::truncated, {"question", at_}, needed, message_.size()});
  }
  at_ += name->size() + 4;
  --left_;
  return DnsQuestion{*name, load_be16(rest.first<2>()), load_be16(rest.subspan<2, 2>())};
}

DnsRecords::DnsRecords(const DnsView& dns)
    : message_(dns.message()),
      left_(std::size_t{dns.answer_count()} + dns.name_server_count() + dns.additional_count()) {
  DnsQuestions questions{dns};
  while (questions.next()) {
  }
  at_ = questions.position();
  if (questions.error()) stop(*questions.error());
}

std::optional<DnsRecord> DnsRecords::stop(const ParseError& error) {
  error_ = error;
  left_ = 0;
  return std::nullopt;
}

std::optional<DnsRecord> DnsRecords::next() {
  constexpr std::size_t fixed_size = 10;  // type, class, TTL, length of the data
  if (left_ == 0) return std::nullopt;
  const auto name = DnsName::parse(message_, at_);
  if (!name) return stop(name.error());

  const std::size_t fixed_at = at_ + name->size();
  const Bytes fixed = message_.subspan(fixed_at);
  const std::size_t length = fixed.size() < fixed_size ? 0 : load_be16(fixed.subspan<8, 2>());
  if (fixed.size() < fixed_size + length) {
    const std::size_t needed = fixed_at + fixed_size + length;
    return stop(ParseError{Layer::dns, Fault::truncated, {"record", at_}, needed, message_.size()});
  }
  at_ = fixed_at + fixed_size + length;
  --left_;
  return DnsRecord{.name = *name,
                   .type = load_be16(fixed.first<2>()),
                   .klass = load_be16(fixed.subspan<2, 2>()),
                   .ttl = load_be32(fixed.subspan<4, 4>()),
                   .data_at = fixed_at + fixed_size,
                   .data = fixed.subspan(fixed_size, length)};
}

void write(const DnsFields& fields, MutableField<12> out) {
  store_be16(out.subspan<0, 2>(), fields.id);
  store_be16(out.subspan<2, 2>(), fields.flags);
  store_be16(out.subspan<4, 2>(), fields.question_count);
  store_be16(out.subspan<6, 2>(), fields.answer_count);
  store_be16(out.subspan<8, 2>(), fields.name_server_count);
  store_be16(out.subspan<10, 2>(), fields.additional_count);
}

}  // namespace culvert::wire
