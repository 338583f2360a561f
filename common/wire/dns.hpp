// DNS: the question that every visit begins with, in clear text unless a tunnel carries it. RFC 1035, section 4.
#pragma once

#include <array>
#include <compare>
#include <optional>

#include "wire/fixed_fields.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

namespace dns_type {
constexpr std::uint16_t a = 1;
constexpr std::uint16_t ns = 2;
constexpr std::uint16_t cname = 5;
constexpr std::uint16_t soa = 6;
constexpr std::uint16_t ptr = 12;
constexpr std::uint16_t mx = 15;
constexpr std::uint16_t txt = 16;
constexpr std::uint16_t aaaa = 28;
constexpr std::uint16_t srv = 33;
constexpr std::uint16_t https = 65;
constexpr std::uint16_t any = 255;
}  // namespace dns_type

/// A name inside a message, whose labels may lie elsewhere in it: a compression pointer saves writing the end of a name
/// twice (RFC 1035, section 4.1.4). Owning one is the proof that every label can be read and that pointers do not loop.
class DnsName {
 public:
  /// The name that begins at `offset` of `message` (counted from the DNS header).
  static Parsed<DnsName> parse(Bytes message, std::size_t offset);

  /// Bytes that it takes where it stands, up to and with the first pointer or the closing zero.
  std::size_t size() const { return size_; }

  /// Calls `visit(Bytes label)` for each label, the closing empty one not included.
  template <class Visitor>
  void for_each_label(Visitor visit) const {
    for (std::size_t at = begin_; message_[at] != 0;) {
      if (is_pointer(message_[at])) {
        at = pointer_target(message_.subspan(at).first<2>());
      } else {
        visit(message_.subspan(at + 1, message_[at]));
        at += message_[at] + std::size_t{1};
      }
    }
  }

 private:
  DnsName(Bytes message, std::size_t begin, std::size_t size)
      : message_(message), begin_(begin), size_(size) {}

  static bool is_pointer(std::uint8_t length) { return (length & 0xc0u) == 0xc0; }
  static std::size_t pointer_target(Field<2> pointer) { return load_be16(pointer) & 0x3fffu; }

  Bytes message_;
  std::size_t begin_;
  std::size_t size_;
};

struct DnsQuestion {
  DnsName name;
  std::uint16_t type;   // dns_type
  std::uint16_t klass;  // 1: Internet
};

/// Read-only view of one DNS message.
///
///      0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
///     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
///     |                      id                       |
///     |qr|   opcode  |aa|tc|rd|ra|   zero |   rcode   |
///     |             question count                    |
///     |              answer count                     |
///     |            name server count                  |
///     |          additional record count              |
///     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
class DnsView : FixedFields<12> {
 public:
  static constexpr auto layer = Layer::dns;
  static constexpr std::size_t header_size = 12;

  static Parsed<DnsView> parse(Bytes bytes);

  std::uint16_t id() const { return load_be16(field<0, 2>()); }
  std::uint16_t flags() const { return load_be16(field<2, 2>()); }
  bool is_response() const { return (flags() & 0x8000u) != 0; }
  unsigned opcode() const { return flags() >> 11 & 0xfu; }
  bool authoritative() const { return (flags() & 0x0400u) != 0; }
  bool truncated() const { return (flags() & 0x0200u) != 0; }
  bool recursion_desired() const { return (flags() & 0x0100u) != 0; }
  bool recursion_available() const { return (flags() & 0x0080u) != 0; }
  unsigned rcode() const { return flags() & 0xfu; }
  std::uint16_t question_count() const { return load_be16(field<4, 2>()); }
  std::uint16_t answer_count() const { return load_be16(field<6, 2>()); }
  std::uint16_t name_server_count() const { return load_be16(field<8, 2>()); }
  std::uint16_t additional_count() const { return load_be16(field<10, 2>()); }
  std::size_t header_length() const { return header_size; }
  Bytes message() const { return message_; }

 private:
  DnsView(Field<12> fixed, Bytes message) : FixedFields(fixed), message_(message) {}

  Bytes message_;
};

/// Walks over the questions: `while (const auto question = questions.next())`.
class DnsQuestions {
 public:
  explicit DnsQuestions(const DnsView& dns)
      : message_(dns.message()), left_(dns.question_count()) {}

  /// The next question; nothing after the last, or at one that cannot be read: then error() says why.
  std::optional<DnsQuestion> next();
  const std::optional<ParseError>& error() const { return error_; }
  /// Where the next one begins: behind the last, where the answers are.
  std::size_t position() const { return at_; }

 private:
  std::optional<DnsQuestion> stop(const ParseError& error);

  Bytes message_;
  std::size_t at_ = DnsView::header_size;
  std::size_t left_;
  std::optional<ParseError> error_;
};

struct DnsRecord {
  DnsName name;
  std::uint16_t type;   // dns_type
  std::uint16_t klass;  // 1: Internet
  std::uint32_t ttl;    // seconds that it may be remembered
  std::size_t data_at;  // its data's place in the message: names in it may be compressed too
  Bytes data;
};

/// Walks over the answers, then the name servers, then the additional records: `while (const auto record = records.next())`.
class DnsRecords {
 public:
  explicit DnsRecords(const DnsView& dns);

  /// The next record; nothing after the last, or at one that cannot be read: then error() says why.
  std::optional<DnsRecord> next();
  const std::optional<ParseError>& error() const { return error_; }

 private:
  std::optional<DnsRecord> stop(const ParseError& error);

  Bytes message_;
  std::size_t at_;
  std::size_t left_;
  std::optional<ParseError> error_;
};

struct DnsFields {
  std::uint16_t id = 0;
  std::uint16_t flags = 0x0100;  // a query that asks for recursion
  std::uint16_t question_count = 0;
  std::uint16_t answer_count = 0;
  std::uint16_t name_server_count = 0;
  std::uint16_t additional_count = 0;
  auto operator<=>(const DnsFields&) const = default;
};

void write(const DnsFields& fields, MutableField<12> out);

}  // namespace culvert::wire
