// Result<T, E>: a value, or the reason why there is none. For what a peer or a file did wrong, which is normal life;
// what the machine refuses is thrown as std::system_error, and our own broken promises are asserted.
#pragma once

#include <tl/expected.hpp>
#include <utility>

namespace culvert {

template <class T, class E>
class [[nodiscard]] Result : public tl::expected<T, E> {
 public:
  using tl::expected<T, E>::expected;
};

template <class E>
using Failure = tl::unexpected<E>;

/// The unhappy half of a Result: `return failure(ParseError{...});`
template <class E>
Failure<std::decay_t<E>> failure(E&& error) {
  return Failure<std::decay_t<E>>(std::forward<E>(error));
}

}  // namespace culvert
