// DNS records in tcpdump's words: "A 192.0.2.1", "CNAME www.example.com.".
#pragma once

#include <string>

#include "wire/dns.hpp"

namespace culvert::inspect {

/// What the record says, behind its type's name; nothing for types that have no short text, or whose data is damaged.
void append_record_data(std::string& out, Bytes message, const wire::DnsRecord& record);

}  // namespace culvert::inspect
