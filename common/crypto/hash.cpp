#include "crypto/hash.hpp"

#include <blake2.h>

#include <cassert>

#include "crypto/secret.hpp"

namespace culvert::crypto {
namespace {

/// One computation; what the state knows of a key goes with it.
class Blake2s {
 public:
  Blake2s(std::size_t output_size, Bytes key) {
    assert(output_size <= 32 && key.size() <= 32);
    if (key.empty())
      blake2s_init(&state_, output_size);
    else
      blake2s_init_key(&state_, output_size, key.data(), key.size());
  }
  Blake2s(const Blake2s&) = delete;
  Blake2s& operator=(const Blake2s&) = delete;
  ~Blake2s() { wipe({reinterpret_cast<std::uint8_t*>(&state_), sizeof state_}); }

  void update(Bytes part) { blake2s_update(&state_, part.data(), part.size()); }

  template <std::size_t size>
  std::array<std::uint8_t, size> finish() {
    std::array<std::uint8_t, size> out{};
    blake2s_final(&state_, out.data(), out.size());
    return out;
  }

 private:
  blake2s_state state_{};
};

template <std::size_t size>
std::array<std::uint8_t, size> blake2s(Bytes key, std::initializer_list<Bytes> parts) {
  Blake2s computation{size, key};
  for (const Bytes part : parts) computation.update(part);
  return computation.finish<size>();
}

}  // namespace

Hash hash(std::initializer_list<Bytes> parts) { return blake2s<32>({}, parts); }
Hash keyed_hash(Bytes key, Bytes message) { return blake2s<32>(key, {message}); }
Mac mac(Bytes key, Bytes message) { return blake2s<16>(key, {message}); }

}  // namespace culvert::crypto
