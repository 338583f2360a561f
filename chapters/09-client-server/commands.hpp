// The small commands beside the tunnel itself.
#pragma once

#include <string>

namespace culvert::program {

/// Keys, as `wg genkey`, `wg genpsk` and `wg pubkey` make them.
void genkey();
void genpsk();
void pubkey();  // of the private key on standard input

/// One tunnel, or with an empty name all that run here.
void show(const std::string& name, bool json);

/// Ends a tunnel that runs, and undoes what one that was killed left behind.
void down(const std::string& name, bool verbose);

}  // namespace culvert::program
