#include "shell/control_socket.hpp"

#include "crypto/secret.hpp"

namespace culvert::shell {
namespace {

/// Thousands of peers fit; an endless request does not.
constexpr std::size_t longest_request = 16u << 20;
constexpr std::size_t most_callers = 64;
constexpr std::string_view end_of_request = "\n\n";

void wipe(std::span<char> text) {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

}  // namespace

std::string control_path(const std::string& interface) {
  return "/var/run/wireguard/" + interface + ".sock";
}

ControlSocket::ControlSocket(const std::string& path, Answerer answerer)
    : listener_(path), watch_(path), answerer_(std::move(answerer)) {
  ready_.add(listener_.fd(), io::ReadySet::Wait::to_read);
  ready_.add(watch_.fd(), io::ReadySet::Wait::to_read);
}

ControlSocket::Caller::~Caller() {
  wipe(request);
  wipe(answer);
}

void ControlSocket::Caller::hang_up() {
  has_ended = true;
  wipe(request);
  wipe(answer);
  request.clear();
  answer.clear();
}

void ControlSocket::on_ready() {
  for (const int fd : ready_.ready()) {
    if (fd == listener_.fd()) accept_callers();
    if (fd == watch_.fd()) watch_.drain();
    for (Caller& caller : callers_) {
      if (caller.fd.get() == fd) serve(caller);
    }
  }
  std::erase_if(callers_,
                [](const Caller& caller) { return caller.has_ended && caller.answer.empty(); });
}

void ControlSocket::accept_callers() {
  while (auto fd = listener_.accept()) {
    if (callers_.size() == most_callers) callers_.pop_front();  // who has been silent for longest
    ready_.add(fd->get(), io::ReadySet::Wait::to_read);
    callers_.emplace_back(std::move(*fd));
  }
}

/// Either reads or writes: who does not take an answer is not asked for the next request.
void ControlSocket::serve(Caller& caller) {
  const int fd = caller.fd.get();
  if (caller.answer.empty() && !io::receive_some(fd, caller.request)) caller.has_ended = true;
  do {
    answer_next_request(caller);
    if (!io::send_some(fd, caller.answer)) caller.hang_up();
  } while (caller.answer.empty() && caller.request.find(end_of_request) != std::string::npos);
  if (caller.request.size() > longest_request) caller.hang_up();
  ready_.change(fd,
                caller.answer.empty() ? io::ReadySet::Wait::to_read : io::ReadySet::Wait::to_write);
}

void ControlSocket::answer_next_request(Caller& caller) const {
  const std::size_t end = caller.request.find(end_of_request);
  if (!caller.answer.empty() || end == std::string::npos) return;
  caller.answer = answerer_(std::string_view{caller.request}.substr(0, end));
  wipe(std::span{caller.request}.first(end));
  caller.request.erase(0, end + end_of_request.size());
}

}  // namespace culvert::shell
