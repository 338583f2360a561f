#include "vpn.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "io/confinement.hpp"

namespace culvert::program {

Vpn::Vpn(const std::string& name, const Io& io)
    : io_(io),
      tun_(shell::open_tun(name, io.mode)),
      control_(shell::control_path(tun_.name()),
               [this](std::string_view request) { return answer(request); }) {}

void Vpn::apply(const control::DeviceChange& change) {
  const std::errc refused = device_.apply(change);
  if (refused != std::errc{})
    throw std::system_error(std::make_error_code(refused),
                            fmt::format("take UDP port {} and mark {}",
                                        change.listen_port.value_or(0), change.fwmark.value_or(0)));
}

std::string Vpn::answer(std::string_view request) {
  std::string answer = device_.answer(request);
  if (logs_requests_) {
    const std::size_t outcome = answer.rfind("errno=");
    fmt::print("{}: {} was asked for: {}; now UDP {}, {} peers\n", tun_.name(),
               request.starts_with("set=") ? "a change" : "the status",
               answer.substr(outcome, answer.find('\n', outcome) - outcome), to_string(local()),
               device_.status().peers.size());
    std::fflush(stdout);
  }
  return answer;
}

void Vpn::log_keys(const std::string& path) {
  key_log_.emplace(path);
  tunnel_.set_key_log([this](const noise::KeyLogRecord& record) { key_log_->add(record); });
}

End Vpn::carry(io::Poller& poller) {
  const int status = io::in_child([&] {
    std::optional<shell::Crew> crew;
    io::confine([&] {
      if (io_.workers > 1) crew.emplace(io_.workers);
    });
    run(poller, crew ? &*crew : nullptr);
    return EXIT_SUCCESS;
  });
  return status == EXIT_SUCCESS ? End::wanted : End::crashed;
}

void Vpn::run(io::Poller& poller, shell::Crew* crew) try {
  poller.watch(control_.fd(), [this] {
    control_.on_ready();
    return !control_.is_removed();
  });
  shell::carry(poller, tun_, socket_, tunnel_, io_.mode, crew);
} catch (const std::system_error& error) {
  if (error.code() != std::errc::no_such_device) throw;  // else somebody deleted the interface
}

}  // namespace culvert::program
