#include "noise/key_log.hpp"

namespace culvert::noise {

std::string to_string(const KeyLogRecord& record) {
  return "LOCAL_STATIC_PRIVATE_KEY = " + record.local_static.to_base64() +
         "\nREMOTE_STATIC_PUBLIC_KEY = " + record.remote_static.to_base64() +
         "\nLOCAL_EPHEMERAL_PRIVATE_KEY = " + record.local_ephemeral.to_base64() +
         "\nPRESHARED_KEY = " + record.preshared.to_base64() + "\n";
}

}  // namespace culvert::noise
