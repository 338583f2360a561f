#include "wire/encapsulation.hpp"
#include "wire/ipv6.hpp"
#include "wire/walk.hpp"

namespace culvert::wire {

Layer Walk::ipv6_extension(Layer layer) {
  const auto view = Ipv6ExtensionView::parse(layer, here());
  if (!view) return stop(view.error());
  note(layer, view->header_length());
  return by_protocol(view->next_header());
}

Layer Walk::ipv6_fragment() {
  const auto view = Ipv6FragmentView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::ipv6_fragment, view->header_length());
  if (view->fragment_offset() != 0) return Layer::payload;
  first_fragment_ = first_fragment_ || view->more_fragments();
  return by_protocol(view->next_header());
}

Layer Walk::ah() {
  const auto view = AhView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::ah, view->header_length());
  return by_protocol(view->next_header());
}

Layer Walk::esp() {
  const auto view = EspView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::esp, view->header_length());
  return Layer::payload;
}

}  // namespace culvert::wire
