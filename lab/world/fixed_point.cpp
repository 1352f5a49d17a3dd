#include "lab/world/fixed_point.h"

namespace tvts::world {
namespace {

// 2^14 sin of 0, 1/256, ... 1/4 of a turn, rounded.
constexpr int kQuarter[] = {0,     402,   804,   1205,  1606,  2006,  2404,  2801,  3196,  3590,  3981,  4370,  4756,
                            5139,  5520,  5897,  6270,  6639,  7005,  7366,  7723,  8076,  8423,  8765,  9102,  9434,
                            9760,  10080, 10394, 10702, 11003, 11297, 11585, 11866, 12140, 12406, 12665, 12916, 13160,
                            13395, 13623, 13842, 14053, 14256, 14449, 14635, 14811, 14978, 15137, 15286, 15426, 15557,
                            15679, 15791, 15893, 15986, 16069, 16143, 16207, 16261, 16305, 16340, 16364, 16379, 16384};

int quarter_sine(int angle) {  // [0, kFullTurn / 4]
  const int step = angle / 256, rest = angle % 256;
  return rest == 0 ? kQuarter[step] : kQuarter[step] + (kQuarter[step + 1] - kQuarter[step]) * rest / 256;
}

}  // namespace

int sine(int angle) {
  angle = (angle % kFullTurn + kFullTurn) % kFullTurn;
  const int half = angle % (kFullTurn / 2);
  const int value = quarter_sine(half <= kFullTurn / 4 ? half : kFullTurn / 2 - half);
  return angle < kFullTurn / 2 ? value : -value;
}

}  // namespace tvts::world
