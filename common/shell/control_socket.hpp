// ControlSocket: where others ask a running tunnel how it is, and change it: /var/run/wireguard/NAME.sock, the place and the
// language (control/uapi.hpp) of all user-space WireGuards, so `wg` works on ours. A caller who is slow, silent or
// endless costs some memory and never holds up a packet.
#pragma once

#include <functional>
#include <list>
#include <string>
#include <string_view>

#include "io/file_watch.hpp"
#include "io/ready_set.hpp"
#include "io/unix_socket.hpp"

namespace culvert::shell {

/// The path of the control socket that belongs to an interface.
std::string control_path(const std::string& interface);

class ControlSocket {
 public:
  /// Gives the answer to one request.
  using Answerer = std::function<std::string(std::string_view request)>;

  /// Throws address_in_use if a living program listens there.
  ControlSocket(const std::string& path, Answerer answerer);

  /// For a Poller: readable when on_ready() has something to do.
  int fd() const { return ready_.fd(); }
  void on_ready();

  /// Somebody deleted the file: by custom the way to say that the tunnel should end.
  bool is_removed() const { return listener_.is_removed(); }

 private:
  struct Caller {
    explicit Caller(io::FileDescriptor line) : fd(std::move(line)) {}
    Caller(Caller&&) = default;
    ~Caller();  // wipes: keys went through

    io::FileDescriptor fd;
    std::string request{};
    std::string answer{};
    bool has_ended = false;  // by them; what was asked is still answered
    void hang_up();          // by us
  };

  void accept_callers();
  void serve(Caller& caller);
  void answer_next_request(Caller& caller) const;

  io::UnixListener listener_;
  io::FileWatch watch_;
  Answerer answerer_;
  io::ReadySet ready_;
  std::list<Caller> callers_;
};

}  // namespace culvert::shell
