#include "wire/options.hpp"

namespace culvert::wire {

std::optional<Option> OptionList::next() {
  if (rest_.empty() || damaged_) return std::nullopt;

  const std::uint8_t kind = rest_[0];
  if (kind == Option::end_of_list) {
    rest_ = {};
    return Option{kind, {}};
  }
  if (kind == Option::no_operation) {
    rest_ = rest_.subspan(1);
    return Option{kind, {}};
  }
  if (rest_.size() < 2 || rest_[1] < 2 || rest_[1] > rest_.size()) {
    damaged_ = true;
    return std::nullopt;
  }
  const Option option{kind, rest_.subspan(2, rest_[1] - std::size_t{2})};
  rest_ = rest_.subspan(option.size());
  return option;
}

}  // namespace culvert::wire
