// A fuzz target is one function over the input's bytes. target.cpp holds libFuzzer's entry point, the same for all.
#pragma once

#include "tvts/core/mapped_file.h"

namespace tvts::fuzz {

// Reads the input as the parser under test does and checks what it gives with TVTS_ASSERT: that what is written is read
// again, that ids are in range. It may throw tvts::Error and nothing else. Defined by each target.
// The input is aligned to 64 bytes, as mapped files are.
void one_input(Bytes input);

}  // namespace tvts::fuzz
