// The forms of training data sets, one function each; open_corpus() chooses. Used by this folder only.
#pragma once

#include <memory>
#include <string>

#include "tvts/train/corpora/corpus.h"

namespace tvts {

// Throw as open_corpus().
std::shared_ptr<const Corpus> open_yt_temporal(const CorpusOptions& options);
std::shared_ptr<const Corpus> open_webvid_tsv(const CorpusOptions& options);
std::shared_ptr<const Corpus> open_webvid_csv(const CorpusOptions& options);
std::shared_ptr<const Corpus> open_table(const CorpusOptions& options);
std::shared_ptr<const Corpus> open_shards(const CorpusOptions& options);

// A path of a list below its root, or an absolute one; as the disk spells it.
std::string path_below(const std::string& root, const std::string& path);

}  // namespace tvts
