#include "wire/encapsulation.hpp"

#include "fuzz/fuzz.hpp"
#include "wire/wireguard.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  if (const auto llc = wire::LlcView::parse(bytes)) {
    use(llc->destination(), llc->source(), llc->control());
    if (llc->is_snap()) use(llc->organisation(), llc->protocol());
  }
  if (const auto gre = wire::GreView::parse(bytes)) use(gre->protocol(), gre->key().value_or(0), gre->sequence().value_or(0));
  if (const auto vxlan = wire::VxlanView::parse(bytes)) use(vxlan->network());
  if (const auto ah = wire::AhView::parse(bytes)) use(ah->spi(), ah->sequence(), ah->next_header());
  if (const auto esp = wire::EspView::parse(bytes)) use(esp->spi(), esp->sequence());
  if (const auto wg = wire::WireguardView::parse(bytes)) {
    use(wg->sender().value_or(0), wg->receiver().value_or(0), wg->counter().value_or(0));
  }
}
