// tvts doctor: is this installation sound? One line a check: what, ok or not, what was found.
#include <ATen/Config.h>
#include <ATen/Parallel.h>
#include <torch/version.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "tvts/core/error.h"
#include "tvts/core/version.h"
#include "tvts/media/video/codec_report.h"
#include "tvts/model/weights/sha256.h"
#include "tvts/text/vocabulary.h"

namespace tvts::cli {
namespace {

constexpr const char* kVocabularySha256 = "924691ac288e54409236115652ad4aa250f48203de50a9e4722a6ecd48d6804a";

struct DoctorOptions {
  bool json = false;
};

struct Check {
  std::string name;
  bool ok;
  std::string found;
};

// Runs a check; what it throws is a finding.
template <class Probe>
Check check(const char* name, Probe probe) {
  try {
    return {name, true, probe()};
  } catch (const std::exception& error) {
    const std::string what = error.what();
    return {name, false, what.substr(0, what.find('\n'))};
  }
}

std::string libtorch() {
  const std::string built = TORCH_VERSION;
  at::ones({2, 2}).matmul(at::ones({2, 2}));
  return concat("built with ", built, ", runs on the CPU as ", at::get_cpu_capability());
}

std::string cpu() {
  const std::pair<const char*, bool> features[] = {{"avx2", __builtin_cpu_supports("avx2") != 0},
                                                   {"avx512f", __builtin_cpu_supports("avx512f") != 0},
                                                   {"avx512bf16", __builtin_cpu_supports("avx512bf16") != 0},
                                                   {"avx512vnni", __builtin_cpu_supports("avx512vnni") != 0}};
  std::string found = concat(thread_count(), " threads");
  for (const auto& [name, present] : features) found += present ? std::string(", ") + name : "";
  return found;
}

std::string cuda() { return at::hasCUDA() ? "present" : "absent: --device cpu only"; }

std::string vocabulary() {
  const std::string path = vocabulary_path();
  if (sha256_of_file(path) != kVocabularySha256) {
    fail_input(path, " is not CLIP's vocabulary; run tools/setup again");
  }
  return path;
}

std::vector<Check> checks() {
  std::vector<Check> all = {
      check("tvts", [] { return std::string(version()) + " " + revision(); }),
      check("cpu", cpu),
      check("libtorch", libtorch),
      check("cuda", cuda),
      check("vocabulary", vocabulary),
      check("neutral texts", [] { return data_file("neutral_texts.txt"); }),
      check("ffmpeg", [] { return ffmpeg_versions(); }),
  };
  for (const std::string& missing : missing_decoders()) all.push_back({"decoder " + missing, false, "absent"});
  return all;
}

int run(const DoctorOptions& options) {
  bool sound = true;
  for (const Check& result : checks()) {
    sound = sound && result.ok;
    if (options.json) {
      print_json({{"check", result.name}, {"ok", result.ok}, {"found", result.found}});
    } else {
      print_columns({result.ok ? "ok" : "PROBLEM", result.name, result.found});
    }
  }
  return sound ? 0 : static_cast<int>(ErrorKind::kFailed);
}

}  // namespace

void add_doctor(CLI::App& app, Action& action) {
  add_command<DoctorOptions>(
      app, action, "doctor", "Check this installation",
      [](CLI::App& command, DoctorOptions& options) {
        command.add_flag("--json", options.json, "one JSON object a line");
      },
      run);
}

}  // namespace tvts::cli
