#include "file_input.hpp"

#include <fmt/format.h>

#include <system_error>

namespace culvert::tundump {
namespace {

std::unique_ptr<capture::ByteSource> open_bytes(const std::string& path,
                                                capture::MayRead may_read) {
  try {
    return capture::open_source(path, std::move(may_read));
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::no_such_file_or_directory)
      throw std::runtime_error(path + ": no such file");
    throw;
  }
}

}  // namespace

FileInput::FileInput(InputName name, bool repair, capture::MayRead may_read)
    : name_(std::move(name)), repair_(repair) {
  auto ask = [stopped = stopped_, may_read = std::move(may_read)](int descriptor) {
    if (may_read && !may_read(descriptor)) *stopped = true;
    return !*stopped;
  };
  auto reader = capture::Reader::open(open_bytes(name_.name, std::move(ask)));
  if (*stopped_) return;
  if (!reader)
    throw std::runtime_error(fmt::format("{}: {}", full_name(name_), reader.error().message));
  reader_ = std::move(*reader);
  advance();
}

void FileInput::advance() {
  auto next = reader_->next();
  while (!next && !*stopped_) {
    if (!error_) {
      error_ = next.error().message;
      may_go_on_ = !error_->starts_with("cut short");  // else nothing follows
    }
    const auto skipped = repair_ ? reader_->repair() : std::nullopt;
    if (!skipped) break;
    ++repairs_;
    skipped_ += *skipped;
    next = reader_->next();
  }
  packet_ = next ? *next : std::nullopt;
}

std::optional<std::string> FileInput::error() const {
  if (repairs_ == 0) return error_;
  return fmt::format("{}; {} bytes stepped over at {} place{}", *error_, skipped_, repairs_,
                     repairs_ == 1 ? "" : "s");
}

std::string FileInput::take_secrets() {
  if (reader_->secrets().size() == secrets_taken_) return {};
  const std::string fresh = reader_->secrets().substr(secrets_taken_);
  secrets_taken_ = reader_->secrets().size();
  return fresh;
}

Source FileInput::source() const {
  const auto& interfaces = reader_->interfaces();
  const std::uint16_t of_file = interfaces.empty() ? std::uint16_t{1} : interfaces[0].link_type;
  const bool ng = reader_->format() == capture::FileFormat::pcapng;
  return {.label = name_.label,
          .name = name_.name,
          .format = ng ? SourceFormat::pcapng : SourceFormat::pcap,
          .link_type = packet_ ? packet_->link_type : of_file,
          .nanoseconds = reader_->has_nanoseconds()};
}

}  // namespace culvert::tundump
