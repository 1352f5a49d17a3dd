// Reads which caption of each video the MSR-VTT 1k-A protocol takes.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace tvts {

// Video to number of its caption, from 0: a pickle of a dict (jsfusion_val_caption_idx.pkl), of which nothing is run,
// or a JSON object. Throws Error(kInput).
std::map<std::string, std::size_t> read_caption_index(const std::string& path);

}  // namespace tvts
