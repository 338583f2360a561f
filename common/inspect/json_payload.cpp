#include "inspect/dns_text.hpp"
#include "inspect/json_writer.hpp"
#include "wire/wireguard.hpp"

namespace culvert::inspect {

namespace {

/// "www.example.com" without a point at the end; what is not a plain character becomes \DDD, whose backslash JSON doubles.
void append_name(std::string& out, const wire::DnsName& name) {
  out += '"';
  bool first = true;
  name.for_each_label([&](Bytes label) {
    if (!first) out += '.';
    first = false;
    for (const std::uint8_t byte : label) {
      const bool plain = byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '.' && byte != '\\';
      if (plain) {
        out += static_cast<char>(byte);
      } else {
        out += "\\\\";
        append_padded(out, byte, 3);
      }
    }
  });
  if (first) out += '.';
  out += '"';
}

}  // namespace

void JsonWriter::dns() {
  u16<0>("id");
  if (has(3)) {
    flag("qr", (header_[2] & 0x80u) != 0);
    number("opcode", header_[2] >> 3 & 0xfu);
    flag("aa", (header_[2] & 4u) != 0);
    flag("tc", (header_[2] & 2u) != 0);
    flag("rd", (header_[2] & 1u) != 0);
  }
  if (has(4)) {
    flag("ra", (header_[3] & 0x80u) != 0);
    number("rcode", header_[3] & 0xfu);
  }
  u16<4>("qdcount");
  u16<6>("ancount");
  u16<8>("nscount");
  u16<10>("arcount");
  const auto view = wire::DnsView::parse(header_);
  if (!view) return;
  key("questions");
  out_ += '[';
  wire::DnsQuestions questions{*view};
  while (const auto question = questions.next()) {
    out_ += out_.back() == '}' ? ",{\"name\":" : "{\"name\":";
    append_name(out_, question->name);
    number("qtype", question->type);
    number("qclass", question->klass);
    out_ += '}';
  }
  out_ += ']';
  dns_answers(*view);
}

/// The answers alone; each with its data in words, or in hex where we have no words.
void JsonWriter::dns_answers(const wire::DnsView& view) {
  if (view.answer_count() == 0) return;
  key("answers");
  out_ += '[';
  wire::DnsRecords records{view};
  for (unsigned i = 0; i < view.answer_count(); ++i) {
    const auto record = records.next();
    if (!record) break;
    out_ += i == 0 ? "{\"name\":" : ",{\"name\":";
    append_name(out_, record->name);
    number("rtype", record->type);
    number("rclass", record->klass);
    number("ttl", record->ttl);
    key("data");
    record_data(view, *record);
    out_ += '}';
  }
  out_ += ']';
}

void JsonWriter::record_data(const wire::DnsView& view, const wire::DnsRecord& record) {
  namespace type = wire::dns_type;
  const bool is_name =
      record.type == type::cname || record.type == type::ns || record.type == type::ptr;
  if (is_name) {
    if (const auto name = wire::DnsName::parse(view.message(), record.data_at))
      return append_name(out_, *name);
  }
  out_ += '"';
  const bool is_address = (record.type == type::a && record.data.size() == 4) ||
                          (record.type == type::aaaa && record.data.size() == 16);
  if (is_address)
    append_record_data(out_, view.message(), record);
  else
    append_hex_bytes(out_, record.data);
  out_ += '"';
}

void JsonWriter::wireguard() {
  number("message_type", header_[0]);
  const auto u32_le = [&](const Key& name, std::size_t offset) {
    if (has(offset + 4)) number(name, load_le32(header_.subspan(offset).first<4>()));
  };
  switch (header_[0]) {
    case wire::WireguardView::initiation:
      return u32_le("sender", 4);
    case wire::WireguardView::response:
      u32_le("sender", 4);
      return u32_le("receiver", 8);
    case wire::WireguardView::cookie:
      return u32_le("receiver", 4);
    default:
      break;
  }
  u32_le("receiver", 4);
  if (has(16)) number("counter", load_le64(header_.subspan<8, 8>()));
}

}  // namespace culvert::inspect
