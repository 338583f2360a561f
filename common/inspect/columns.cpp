#include "inspect/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "inspect/field_catalogue.hpp"
#include "inspect/json.hpp"
#include "inspect/text.hpp"

namespace culvert::inspect {
namespace {

bool exists(std::string_view name) {
  const bool of_envelope =
      std::any_of(std::begin(envelope_fields), std::end(envelope_fields),
                  [&](const EnvelopeField& each) { return each.name == name; });
  return of_envelope || find_field(name) != nullptr;
}

/// For a name that does not exist: the fields of its layer, if there is such a layer.
std::string complaint(std::string_view name) {
  std::string known;
  for (const FieldInfo& each : field_catalogue()) {
    if (layer_of(each) != name.substr(0, name.find('.'))) continue;
    known += (known.empty() ? "" : ", ") + std::string{each.name};
  }
  return fmt::format("there is no field '{}'; {}", name,
                     known.empty() ? "--list-fields names them all" : "there is " + known);
}

/// Steps through the text that append_json_layers() made: we know what it looks like.
class JsonFields {
 public:
  explicit JsonFields(std::string_view json) : json_(json) {}

  struct Field {
    std::string_view key;
    std::string_view value;
    bool begins_layer;
  };

  std::optional<Field> next() {
    const bool begins = skip_to_key();
    if (at_ >= json_.size()) return std::nullopt;
    const std::string_view key = string();
    ++at_;  // the colon
    return Field{key, value(), begins};
  }

 private:
  /// True if a brace was passed on the way: another layer begins.
  bool skip_to_key() {
    bool begins = false;
    for (; at_ < json_.size() && json_[at_] != '"'; ++at_) begins = begins || json_[at_] == '{';
    return begins;
  }

  /// What stands between quotes; the place is behind them afterwards.
  std::string_view string() {
    const std::size_t begin = ++at_;
    while (json_[at_] != '"') at_ += json_[at_] == '\\' ? 2u : 1u;
    return json_.substr(begin, at_++ - begin);
  }

  std::string_view value() {
    if (json_[at_] == '"') return string();
    const std::size_t begin = at_;
    for (int depth = 0; depth > 0 || (json_[at_] != ',' && json_[at_] != '}'); ++at_) {
      const char c = json_[at_];
      if (c == '"') {
        string();
        --at_;
      }
      depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
    }
    return json_.substr(begin, at_ - begin);
  }

  std::string_view json_;
  std::size_t at_ = 0;
};

void append_time(std::string& out, const std::optional<WallTime>& time) {
  if (!time) return;
  constexpr std::int64_t second = 1'000'000'000;
  const std::int64_t count = time->time_since_epoch().count();
  append_decimal(out, count / second);
  out += '.';
  append_padded(out, static_cast<std::uint64_t>(count % second), 9);
}

}  // namespace

Result<Columns, std::string> Columns::parse(std::string_view list) {
  Columns columns;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    const std::string_view name = list.substr(begin, end - begin);
    if (!exists(name)) return failure(complaint(name));
    columns.names_.emplace_back(name);
    begin = end + 1;
  }
  columns.values_.resize(columns.names_.size());
  return columns;
}

std::string Columns::header() const {
  std::string line;
  for (const std::string& name : names_) line += (line.empty() ? "" : "\t") + name;
  return line + "\n";
}

void Columns::append(std::string& out, const wire::Packet& packet, const Envelope& envelope) {
  for (std::string& value : values_) value.clear();
  json_.clear();
  append_json_layers(json_, packet);
  JsonFields fields{json_};
  std::string_view layer;
  while (const auto field = fields.next()) {
    if (field->begins_layer) layer = field->value;  // the first key of each is its type
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const std::string_view name = names_[i];
      const bool wanted = name.size() == layer.size() + 1 + field->key.size() &&
                          name.starts_with(layer) && name.ends_with(field->key);
      if (!wanted) continue;
      if (!values_[i].empty()) values_[i] += ',';
      values_[i] += field->value;
    }
  }
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (i > 0) out += '\t';
    if (names_[i] == "packet.number") append_decimal(out, envelope.number);
    if (names_[i] == "packet.time") append_time(out, envelope.time);
    if (names_[i] == "packet.caplen") append_decimal(out, packet.bytes().size());
    if (names_[i] == "packet.len") append_decimal(out, packet.wire_length());
    if (names_[i] == "packet.label") out += envelope.label;
    out += values_[i];
  }
  out += '\n';
}

}  // namespace culvert::inspect
