#include "inspect/dns_text.hpp"

#include "inspect/names.hpp"
#include "inspect/text.hpp"

namespace culvert::inspect {
namespace {

bool append_name_at(std::string& out, Bytes message, std::size_t offset) {
  const auto name = wire::DnsName::parse(message, offset);
  if (name) append(out, *name);
  return name.has_value();
}

}  // namespace

void append_record_data(std::string& out, Bytes message, const wire::DnsRecord& record) {
  namespace type = wire::dns_type;
  const Bytes data = record.data;
  switch (record.type) {
    case type::a:
      if (data.size() == 4) append(out, Ipv4Address{data.first<4>()});
      break;
    case type::aaaa:
      if (data.size() == 16) append(out, Ipv6Address{data.first<16>()});
      break;
    case type::ns:
    case type::cname:
    case type::ptr:
      append_name_at(out, message, record.data_at);
      break;
    case type::mx:
      if (data.size() < 3 || !append_name_at(out, message, record.data_at + 2)) break;
      out += ' ';
      append_decimal(out, load_be16(data.first<2>()));
      break;
    case type::srv:
      if (data.size() < 7 || !append_name_at(out, message, record.data_at + 6)) break;
      out += ':';
      append_decimal(out, load_be16(data.subspan<4, 2>()));
      out += ' ';
      append_decimal(out, load_be16(data.first<2>()));
      out += ' ';
      append_decimal(out, load_be16(data.subspan<2, 2>()));
      break;
    case type::txt:
      if (data.empty() || data.size() <= data[0]) break;
      out += '"';
      append_printable(out, data.subspan(1, data[0]));
      out += '"';
      break;
    default:
      break;
  }
}

}  // namespace culvert::inspect
