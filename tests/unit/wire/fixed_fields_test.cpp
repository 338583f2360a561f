#include "wire/fixed_fields.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;

namespace {

class Reader : wire::FixedFields<4> {
 public:
  explicit Reader(Field<4> fixed) : FixedFields(fixed) {}
  std::uint16_t second() const {
    return load_be16(field<2, 2>());
  }  // field<3, 2>() does not compile
};

}  // namespace

TEST_CASE("a fixed field is read at its offset", "[wire]") {
  const auto four = test::bytes("01 02 03 04");
  CHECK(Reader{Bytes{four}.first<4>()}.second() == 0x0304);
}
