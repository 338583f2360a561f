#include "vpn.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "io/confinement.hpp"

namespace culvert::program {

Vpn::Vpn(const std::string& name, shell::IoMode mode)
    : mode_(mode),
      tun_(shell::open_tun(name, mode)),
      control_(shell::control_path(tun_.name()),
               [this](std::string_view request) { return answer(request); }) {}

void Vpn::apply(const control::DeviceChange& change) {
  const std::errc refused = device_.apply(change);
  if (refused != std::errc{})
    throw std::system_error(std::make_error_code(refused), "set up the tunnel's port and mark");
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
    io::confine();
    run(poller);
    return EXIT_SUCCESS;
  });
  return status == EXIT_SUCCESS ? End::wanted : End::crashed;
}

void Vpn::run(io::Poller& poller) try {
  poller.watch(control_.fd(), [this] {
    control_.on_ready();
    return !control_.is_removed();
  });
  shell::carry(poller, tun_, socket_, tunnel_, mode_);
} catch (const std::system_error& error) {
  if (error.code() != std::errc::no_such_device) throw;  // else somebody deleted the interface
}

}  // namespace culvert::program
