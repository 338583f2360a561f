#include "base/route.hpp"

#include <fmt/format.h>

namespace culvert {
namespace {

std::string_view in_words(RouteType type) {
  switch (type) {
    case RouteType::unicast:
      return "";
    case RouteType::local:
      return "local ";
    case RouteType::broadcast:
      return "broadcast ";
    case RouteType::anycast:
      return "anycast ";
    case RouteType::multicast:
      return "multicast ";
    case RouteType::blackhole:
      return "blackhole ";
    case RouteType::unreachable:
      return "unreachable ";
    case RouteType::prohibit:
      return "prohibit ";
    case RouteType::throw_back:
      return "throw ";
    case RouteType::other:
      break;
  }
  return "other ";
}

}  // namespace

std::string to_string(const Route& route, std::string_view interface) {
  std::string text{in_words(route.type)};
  text += route.destination.length() == 0 ? "default" : to_string(route.destination);
  if (route.gateway) text += " via " + to_string(*route.gateway);
  if (route.interface != 0) text += fmt::format(" dev {}", interface);
  if (route.metric != 0) text += fmt::format(" metric {}", route.metric);
  return text;
}

}  // namespace culvert
