// Somebody else's program, which knows nothing of our tree: only the installed package.
#include <base/ip_address.hpp>
#include <iostream>
#include <wire/checksum.hpp>

int main() {
  const auto address = culvert::Ipv4Address::parse("192.0.2.1").value();
  std::cout << culvert::to_string(address) << ' '
            << culvert::wire::internet_checksum(address.bytes()) << '\n';
}
