// The cipher of every packet, by BoringSSL: CULVERT_CIPHER=boringssl. About half of libsodium's time, because it encrypts
// and authenticates in one pass; and its contexts lie on the stack, so that nothing is kept or allocated.
#include <openssl/aead.h>
#include <openssl/mem.h>

#include <cassert>

#include "crypto/cipher.hpp"

namespace culvert::crypto {
namespace {

class Context {
 public:
  explicit Context(Field<32> key) {
    [[maybe_unused]] const int made = EVP_AEAD_CTX_init(&context_, EVP_aead_chacha20_poly1305(),
                                                        key.data(), key.size(), tag_size, nullptr);
    assert(made == 1);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() {
    EVP_AEAD_CTX_cleanup(&context_);
    OPENSSL_cleanse(&context_, sizeof context_);  // it holds the key
  }
  const EVP_AEAD_CTX* get() const { return &context_; }

 private:
  EVP_AEAD_CTX context_;
};

}  // namespace

std::string_view cipher_library() { return "BoringSSL"; }

void encrypt(Field<32> key, Field<nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag) {
  assert(message_and_tag.size() >= tag_size);
  const Context context{key};
  std::size_t written = 0;
  [[maybe_unused]] const int sealed =
      EVP_AEAD_CTX_seal(context.get(), message_and_tag.data(), &written, message_and_tag.size(),
                        nonce.data(), nonce.size(), message_and_tag.data(),
                        message_and_tag.size() - tag_size, additional.data(), additional.size());
  assert(sealed == 1);
}

bool decrypt(Field<32> key, Field<nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag) {
  if (message_and_tag.size() < tag_size) return false;
  const Context context{key};
  std::size_t written = 0;
  return EVP_AEAD_CTX_open(context.get(), message_and_tag.data(), &written, message_and_tag.size(),
                           nonce.data(), nonce.size(), message_and_tag.data(),
                           message_and_tag.size(), additional.data(), additional.size()) == 1;
}

}  // namespace culvert::crypto
