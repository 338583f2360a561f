#include "inspect/dns_text.hpp"
#include "inspect/field_rows.hpp"

namespace culvert::inspect {

void rows_of(Rows& rows, const wire::DnsView& view) {
  rows.add("id", "id", decimal(view.id()));
  rows.add("kind", "qr", view.is_response() ? "response" : "query");
  rows.add("opcode", "opcode", decimal(view.opcode()));
  rows.add("recursion desired", "rd", yes_no(view.recursion_desired()));
  if (view.is_response()) {
    rows.add("authoritative", "aa", yes_no(view.authoritative()));
    rows.add("truncated", "tc", yes_no(view.truncated()));
    rows.add("recursion offered", "ra", yes_no(view.recursion_available()));
    rows.add("response code", "rcode", decimal(view.rcode()));
  }
  rows.add("questions", "qdcount", decimal(view.question_count()));
  rows.add("answers", "ancount", decimal(view.answer_count()));
  rows.add("name servers", "nscount", decimal(view.name_server_count()));
  rows.add("additional", "arcount", decimal(view.additional_count()));
  wire::DnsQuestions questions{view};
  while (const auto question = questions.next()) {
    std::string name;
    append(name, question->name);
    rows.add("question", "questions", name, dns_type_name(question->type));
  }
  wire::DnsRecords records{view};
  while (const auto record = records.next()) {
    std::string text;
    append(text, record->name);
    text += ' ' + dns_type_name(record->type) + ' ';
    append_record_data(text, view.message(), *record);
    rows.add("record", "answers", text, fmt::format("for {} s", record->ttl));
  }
}

void rows_of(Rows& rows, const wire::WireguardView& view) {
  constexpr std::string_view names[] = {"", "handshake initiation", "handshake response",
                                        "cookie reply", "data"};
  rows.add("message type", "message_type", decimal(view.type()), std::string{names[view.type()]});
  if (view.sender()) rows.add("sender", "sender", decimal(*view.sender()));
  if (view.receiver()) rows.add("receiver", "receiver", decimal(*view.receiver()));
  if (view.counter()) rows.add("counter", "counter", decimal(*view.counter()));
}

void rows_of(Rows& rows, const wire::TunnelMessageView& view) {
  rows.add("type", "type", decimal(wire::plain_packet_type),
           view.is_hello() ? "hello" : "packet in clear");
}

}  // namespace culvert::inspect
