#include "fuzz/fuzz.hpp"
#include "wire/tunnel_message.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  const auto message = wire::TunnelMessageView::parse(bytes);
  if (!message) return;
  use(message->packet());
  expect(message->packet().size() + wire::tunnel_header_size == bytes.size(),
         "header and packet are the whole datagram");
}
