#include "bench/hand_written.hpp"

namespace culvert::bench {
namespace {

bool parse_v4(const std::uint8_t* p, const std::uint8_t* end, Headers& headers) {
  if (end - p < 20) return false;
  const std::ptrdiff_t header = (p[0] & 0xf) * 4;
  const std::ptrdiff_t total = p[2] << 8 | p[3];
  if (header < 20 || total < header || end - p < total) return false;
  if (((p[6] & 0x1f) | p[7]) != 0) return false;  // a later fragment has no ports
  headers.protocol = p[9];
  headers.transport = p + header;
  headers.end = p + total;
  return true;
}

bool parse_v6(const std::uint8_t* p, const std::uint8_t* end, Headers& headers) {
  if (end - p < 40 || end - p - 40 < (p[4] << 8 | p[5])) return false;
  const std::uint8_t* at = p + 40;
  end = at + (p[4] << 8 | p[5]);
  unsigned protocol = p[6];
  while (protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60) {
    if (end - at < 8) return false;
    const std::ptrdiff_t size = protocol == 44 ? 8 : (at[1] + 1) * 8;
    if (end - at < size || (protocol == 44 && (at[2] << 8 | (at[3] & 0xf8)) != 0)) return false;
    protocol = at[0];
    at += size;
  }
  headers.protocol = protocol;
  headers.transport = at;
  headers.end = end;
  return true;
}

bool parse_tcp(Headers& headers) {
  const std::uint8_t* p = headers.transport;
  if (headers.end - p < 20) return false;
  const std::ptrdiff_t header = (p[12] >> 4) * 4;
  if (header < 20 || headers.end - p < header) return false;
  headers.payload = p + header;
  return true;
}

bool parse_udp(Headers& headers) {
  const std::uint8_t* p = headers.transport;
  if (headers.end - p < 8) return false;
  const std::ptrdiff_t length = p[4] << 8 | p[5];
  if (length < 8 || headers.end - p < length) return false;
  headers.payload = p + 8;
  headers.end = p + length;
  return true;
}

}  // namespace

bool parse_headers(Bytes packet, Headers& headers) {
  const std::uint8_t* p = packet.data();
  const std::uint8_t* end = p + packet.size();
  if (p == end) return false;
  headers.version = *p >> 4;
  headers.network = p;
  if (headers.version == 4) {
    if (!parse_v4(p, end, headers)) return false;
  } else if (headers.version != 6 || !parse_v6(p, end, headers)) {
    return false;
  }
  if (headers.protocol == 6) {
    if (!parse_tcp(headers)) return false;
  } else if (headers.protocol != 17 || !parse_udp(headers)) {
    return false;
  }
  p = headers.transport;
  headers.source_port = static_cast<std::uint16_t>(p[0] << 8 | p[1]);
  headers.destination_port = static_cast<std::uint16_t>(p[2] << 8 | p[3]);
  return true;
}

}  // namespace culvert::bench
