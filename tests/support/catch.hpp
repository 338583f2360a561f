// One include for Catch2 of either generation: Debian 12 and Ubuntu 22.04 package version 2, newer ones version 3.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>

/// The tests name matchers as version 2 does; version 3 moved them, and calls by one name what was two.
namespace Catch {
using Matchers::EndsWith;
using Matchers::StartsWith;
using Matchers::VectorContains;
inline auto Contains(const std::string& part) { return Matchers::ContainsSubstring(part); }
}  // namespace Catch
#else
#include <catch2/catch.hpp>
#endif
