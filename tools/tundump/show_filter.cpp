#include "show_filter.hpp"

#include <fmt/format.h>

#include "capture/filter_listing.hpp"
#include "capture/live.hpp"
#include "cli/run_program.hpp"
#include "file_input.hpp"
#include "name_space.hpp"
#include "session.hpp"

namespace culvert::tundump {
namespace {

constexpr std::uint16_t ethernet = 1;

std::uint16_t link_type_for(const Options& options) {
  if (!options.link_type.empty())
    return capture::link_type_by_name(options.link_type).value();  // check() has found it
  if (!options.files.empty())
    return FileInput{parse_file_name(options.files[0])}.source().link_type;
  if (options.devices.empty()) return ethernet;
  const InputName name = parse_device_name(options.devices[0]);
  const NameSpaceVisit visit{name.name_space};
  const auto live = capture::LiveCapture::open(name.name, {});
  if (!live) throw std::runtime_error(live.error());
  return live->link_type();
}

}  // namespace

std::string compiled_filter(const Options& options) {
  const std::uint16_t link_type = link_type_for(options);
  const auto filter = compile_filter(filter_expression(options), link_type);
  if (options.show_filter > 2) return capture::filter_in_numbers(filter);
  return options.show_filter == 2 ? capture::filter_in_c(filter)
                                  : capture::filter_in_words(filter, link_type);
}

}  // namespace culvert::tundump
