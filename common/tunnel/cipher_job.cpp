#include "tunnel/cipher_job.hpp"

#include "crypto/aead.hpp"

namespace culvert::tunnel {

void CipherJob::run() {
  if (task == Task::seal)
    crypto::seal(key, counter, {}, message_and_tag);
  else
    is_genuine = crypto::open(key, counter, {}, message_and_tag);
}

}  // namespace culvert::tunnel
