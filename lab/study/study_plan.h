// The ablations of the paper that are repeated on the small world: the runs, and the paper's statements about them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tvts {

// The sorting objective beside the contrastive loss.
enum class Sorting {
  kNone,
  kTranscripts,            // of the narrated clips
  kTranscriptsAndAltTexts  // of joined clips with alt-text too (M_ours++)
};

// The settings in which runs differ. All start from the CLIP-like start of their seed.
struct StudyRun {
  bool alt_texts = true;     // trained on clips with alt-text too, not on narrated ones alone
  int64_t tuned_layers = 1;  // L_tune: text layers that train, from the last; 0: the text encoder is frozen
  Sorting sorting = Sorting::kTranscripts;
  bool stop_gradient = true;
  bool zero_start = true;  // of the temporal attention
  double mask_ratio = 0;
  bool operator==(const StudyRun&) const = default;
};

// "both-tune1-ts", "both-tune1-ts-mask0.5": the same for the same options alone. The start itself is kStartRun.
std::string run_name(const StudyRun& run);
inline constexpr char kStartRun[] = "start";

struct StudyRow {
  std::string name;             // the paper's (docs/paper-results.md), or the value on an axis
  std::optional<StudyRun> run;  // absent: the start
  std::string run_name() const { return run ? tvts::run_name(*run) : kStartRun; }
};

// The paper finds `better` above `worse`; both name rows.
struct StudyClaim {
  std::string better, worse;
};

struct Experiment {
  std::string key;  // "table1"
  std::string title;
  int paper_table = 0;                // of the paper; 0: a figure, whose points our copy lacks
  std::vector<std::string> measures;  // keys of the world's tests (docs/study.md)
  std::vector<StudyRow> rows;
  std::vector<std::string> claim_measures;  // in which the claims are tested
  std::vector<StudyClaim> claims;
  std::string x_label;  // of a figure; then the rows' names are numbers
};

// text_layers: of the model that is trained. By default the last quarter of them trains.
std::vector<Experiment> experiments(int64_t text_layers);

// The names of the runs that the experiments need, each once, the start first. wanted: names of runs or keys of
// experiments; empty: all. Throws Error(kUsage) that lists the names for one that is none.
std::vector<std::string> planned_runs(const std::vector<Experiment>& all, const std::vector<std::string>& wanted);

// Throws as above.
const StudyRow& find_run(const std::vector<Experiment>& all, const std::string& name);

}  // namespace tvts
