// NameSpace: a visit to another network namespace, for -i NETNS/DEVICE. A capture that was opened there goes on afterwards.
#pragma once

#include <string>

#include "io/file_descriptor.hpp"

namespace culvert::tundump {

class NameSpaceVisit {
 public:
  /// Enters the namespace that `ip netns` knows by this name; an empty name is a visit at home. Throws std::runtime_error
  /// with the names that there are if there is no such namespace.
  explicit NameSpaceVisit(const std::string& name);
  NameSpaceVisit(const NameSpaceVisit&) = delete;
  NameSpaceVisit& operator=(const NameSpaceVisit&) = delete;
  ~NameSpaceVisit();

 private:
  io::FileDescriptor home_;
  bool away_ = false;
};

}  // namespace culvert::tundump
