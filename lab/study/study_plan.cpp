#include "lab/study/study_plan.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

constexpr double kMaskRatios[] = {0.3, 0.5, 0.7, 0.8, 0.9};

const std::vector<std::string> kMeasures = {"t2v_query_r1",    "t2v_query_r5", "twins_order",
                                            "twins_direction", "kinds",        "sorting"};

StudyRun contrastive_run(int64_t tuned_layers) { return {.tuned_layers = tuned_layers, .sorting = Sorting::kNone}; }

// The paper's default for a text encoder of so many layers.
StudyRun our_run(int64_t text_layers) { return {.tuned_layers = text_layers - text_layers * 3 / 4}; }

Experiment text_freezing(int64_t layers) {
  const int64_t quarter = our_run(layers).tuned_layers;
  StudyRun narrated = contrastive_run(layers);
  narrated.alt_texts = false;
  return {.key = "table1",
          .title = "Table 1: text corpora and what of the text encoder trains",
          .paper_table = 1,
          .measures = {"t2v_query_mms", "t2v_query_r1", "t2v_query_r5", "twins_order", "twins_direction", "kinds"},
          .rows = {{"CLIP", std::nullopt},
                   {"M1-FT", narrated},
                   {"M2-FT", contrastive_run(layers)},
                   {"M2-FF", contrastive_run(0)},
                   {"M2-PF", contrastive_run(quarter)}},
          .claim_measures = {"t2v_query_mms", "t2v_query_r1"},
          .claims = {{"CLIP", "M1-FT"},
                     {"M2-FT", "M1-FT"},
                     {"CLIP", "M2-FT"},
                     {"M2-FT", "M2-FF"},
                     {"M2-PF", "M2-FT"},
                     {"M2-PF", "CLIP"}}};
}

Experiment objectives(int64_t layers) {
  const StudyRun ours = our_run(layers);
  StudyRun leaking = ours, more = ours;
  leaking.stop_gradient = false;
  more.sorting = Sorting::kTranscriptsAndAltTexts;
  return {.key = "table5",
          .title = "Table 5: training objectives",
          .paper_table = 5,
          .measures = kMeasures,
          .rows = {{"CLIP", std::nullopt},
                   {"M_base", contrastive_run(ours.tuned_layers)},
                   {"M_w/o sg", leaking},
                   {"M_ours", ours},
                   {"M_ours++", more}},
          .claim_measures = {"t2v_query_r1"},
          .claims = {{"M_base", "CLIP"}, {"M_ours", "M_base"}, {"M_base", "M_w/o sg"}, {"M_ours++", "M_ours"}}};
}

Experiment temporal_start(int64_t layers) {
  StudyRun random = our_run(layers);
  random.zero_start = false;
  return {.key = "table6",
          .title = "Table 6: start of the temporal attention",
          .paper_table = 6,
          .measures = kMeasures,
          .rows = {{"zero", our_run(layers)}, {"random", random}},
          .claim_measures = {"t2v_query_r1"},
          .claims = {{"zero", "random"}}};
}

Experiment masking(int64_t layers) {
  Experiment experiment = {.key = "figure3a",
                           .title = "Figure 3 a: masking ratio",
                           .measures = kMeasures,
                           .rows = {{"0", our_run(layers)}},
                           .claim_measures = {"t2v_query_r1"},
                           .claims = {{"0", "0.5"}, {"0.5", "0.8"}, {"0", "0.8"}},
                           .x_label = "masking ratio"};
  for (const double ratio : kMaskRatios) {
    StudyRun run = our_run(layers);
    run.mask_ratio = ratio;
    experiment.rows.push_back({short_number(ratio), run});
  }
  return experiment;
}

Experiment tuned_layers(int64_t layers) {
  const std::string ours = std::to_string(our_run(layers).tuned_layers), all = std::to_string(layers);
  Experiment experiment = {.key = "figure3b",
                           .title = "Figure 3 b: text layers that train, from the last",
                           .measures = kMeasures,
                           .claim_measures = {"t2v_query_r1"},
                           .claims = {{ours, "0"}, {ours, all}},
                           .x_label = "text layers that train"};
  for (int64_t tuned = 0; tuned <= layers; ++tuned) {
    experiment.rows.push_back({std::to_string(tuned), StudyRun{.tuned_layers = tuned}});
  }
  return experiment;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

std::vector<std::string> names_in(const Experiment& experiment) {
  std::vector<std::string> names;
  for (const StudyRow& row : experiment.rows) names.push_back(row.run_name());
  return names;
}

std::vector<std::string> all_runs(const std::vector<Experiment>& all) {
  std::vector<std::string> runs = {kStartRun};
  for (const Experiment& experiment : all) {
    for (const std::string& name : names_in(experiment)) {
      if (!contains(runs, name)) runs.push_back(name);
    }
  }
  return runs;
}

[[noreturn]] void fail_unknown(const std::vector<Experiment>& all, const std::string& name) {
  std::string known;
  for (const Experiment& experiment : all) known += " " + experiment.key;
  for (const std::string& run : all_runs(all)) known += " " + run;
  fail_usage("the study has no run and no table called '", name, "'; it has:", known);
}

}  // namespace

std::string run_name(const StudyRun& run) {
  std::string name = concat(run.alt_texts ? "both" : "narrated", "-tune", run.tuned_layers);
  switch (run.sorting) {
    case Sorting::kNone: name += "-vtc"; break;
    case Sorting::kTranscripts: name += "-ts"; break;
    case Sorting::kTranscriptsAndAltTexts: name += "-ts-alt"; break;
  }
  if (!run.stop_gradient) name += "-without-sg";
  if (!run.zero_start) name += "-random";
  if (run.mask_ratio > 0) name += "-mask" + short_number(run.mask_ratio);
  return name;
}

std::vector<Experiment> experiments(int64_t text_layers) {
  return {text_freezing(text_layers), objectives(text_layers), temporal_start(text_layers), masking(text_layers),
          tuned_layers(text_layers)};
}

std::vector<std::string> planned_runs(const std::vector<Experiment>& all, const std::vector<std::string>& wanted) {
  const std::vector<std::string> known = all_runs(all);
  std::vector<std::string> chosen;
  for (const std::string& name : wanted) {
    const auto experiment = std::ranges::find(all, name, &Experiment::key);
    if (experiment != all.end()) {
      for (const std::string& run : names_in(*experiment)) chosen.push_back(run);
    } else if (contains(known, name)) {
      chosen.push_back(name);
    } else {
      fail_unknown(all, name);
    }
  }
  std::vector<std::string> runs;
  for (const std::string& name : known) {
    if (wanted.empty() || name == kStartRun || contains(chosen, name)) runs.push_back(name);
  }
  return runs;
}

const StudyRow& find_run(const std::vector<Experiment>& all, const std::string& name) {
  for (const Experiment& experiment : all) {
    for (const StudyRow& row : experiment.rows) {
      if (row.run_name() == name) return row;
    }
  }
  fail_unknown(all, name);
}

}  // namespace tvts
