// Imprint: what a page or a picture says about itself.
#pragma once

#include <string>

namespace culvert::inspect {

struct Imprint {
  std::string title;
  std::string summary;
  std::string command;  // with which it was made
  std::string version;  // of the program that made it
};

}  // namespace culvert::inspect
