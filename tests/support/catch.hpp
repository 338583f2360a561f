// One include for Catch2 of either generation: Debian 12 and Ubuntu 22.04 package version 2, newer ones version 3.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
