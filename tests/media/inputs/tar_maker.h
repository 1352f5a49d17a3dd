// Tar files for tests, in memory.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tvts::test {

using Members = std::vector<std::pair<std::string, std::string>>;  // name, content

enum class TarForm { kUstar, kPax, kGnu, kPaxGzip, kPaxZstd };

std::string make_tar(const Members& members, TarForm form = TarForm::kUstar);

}  // namespace tvts::test
