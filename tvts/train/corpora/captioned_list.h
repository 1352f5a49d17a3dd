// A data set whose list holds everything: a path, a caption and perhaps a part of the video for each sample.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tvts/train/corpora/corpus.h"

namespace tvts {

struct CaptionedRow {
  std::string path;  // below the root
  std::string caption;
  std::optional<double> start_seconds, end_seconds;
};

class CaptionedList : public Corpus {
 public:
  CaptionedList(const CorpusOptions& options, std::vector<CaptionedRow> rows)
      : Corpus(options), rows_(std::move(rows)) {}

  int64_t size() const override { return static_cast<int64_t>(rows_.size()); }
  std::string key(int64_t i) const override;
  VideoSource video(int64_t i) const override;
  SampleText text(int64_t i) const override { return {.caption = row(i).caption}; }

 private:
  const CaptionedRow& row(int64_t i) const { return rows_.at(static_cast<std::size_t>(i)); }

  std::vector<CaptionedRow> rows_;
};

}  // namespace tvts
