#include "inspect/dns_text.hpp"
#include "inspect/line_writer.hpp"

namespace culvert::inspect {

void LineWriter::dns(const LayerAt& at) {
  const auto dns = packet_.view<wire::DnsView>(at);
  if (!dns) {
    out_ += "DNS";
    return;
  }
  append_decimal(out_, dns->id());
  if (dns->is_response())
    dns_response(*dns);
  else
    dns_query(*dns);
  number(" (", at.length);
  out_ += ")";
}

void LineWriter::question(const wire::DnsQuestion& question) {
  out_ += ' ';
  out_ += dns_type_name(question.type);
  out_ += "? ";
  append(out_, question.name);
}

void LineWriter::dns_query(const wire::DnsView& dns) {
  if (dns.recursion_desired()) out_ += '+';
  const auto unusual = [&](unsigned count, unsigned usual, std::string_view unit) {
    if (count == usual) return;
    number(" [", count);
    out_ += unit;
    out_ += ']';
  };
  unusual(dns.question_count(), 1, "q");
  unusual(dns.answer_count(), 0, "a");
  unusual(dns.name_server_count(), 0, "n");
  unusual(dns.additional_count(), 0, "au");
  wire::DnsQuestions questions{dns};
  while (const auto each = questions.next()) question(*each);
}

/// The question only with -vv: it stands in the line of the query. Names of records only with -v, their life with -vvv.
void LineWriter::dns_response(const wire::DnsView& dns) {
  if (dns.rcode() == 3) out_ += " NXDomain";
  if (dns.rcode() != 0 && dns.rcode() != 3) number(" rcode-", dns.rcode());
  if (dns.authoritative()) out_ += "*";
  if (!dns.recursion_available()) out_ += "-";
  if (dns.truncated()) out_ += "|";
  if (options_.verbosity > 1) {
    out_ += " q:";
    wire::DnsQuestions questions{dns};
    while (const auto each = questions.next()) question(*each);
  }
  number(" ", dns.answer_count());
  number("/", dns.name_server_count());
  number("/", dns.additional_count());
  wire::DnsRecords records{dns};
  for (unsigned i = 0; i < dns.answer_count(); ++i) {
    const auto record = records.next();
    if (!record) break;
    out_ += i == 0 ? " " : ", ";
    if (options_.verbosity > 0) {
      append(out_, record->name);
      out_ += ' ';
    }
    if (options_.verbosity > 2) {
      number("[", record->ttl);
      out_ += "s] ";
    }
    out_ += dns_type_name(record->type);
    out_ += ' ';
    append_record_data(out_, dns.message(), *record);
    if (out_.back() == ' ') out_.pop_back();
  }
}

}  // namespace culvert::inspect
