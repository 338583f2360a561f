#include "fuzz/fuzz.hpp"
#include "wire/tcp.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  const auto tcp = wire::TcpView::parse(bytes);
  if (!tcp) return;
  use(tcp->source_port(), tcp->sequence(), tcp->flags(), tcp->window(), tcp->urgent_pointer(),
      tcp->payload());
  auto options = tcp->options();
  std::size_t read = 0;
  while (const auto option = options.next()) read += option->size();
  expect(read + options.rest().size() <= tcp->header_length() - 20,
         "options lie inside the header");
}
