#include "tvts/train/corpora/check_corpus.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/core/for_each_index.h"
#include "tvts/media/inputs/media_item.h"
#include "tvts/train/corpora/clip_reader.h"

namespace tvts {
namespace {

// reader: of videos to decode; null: they are looked up alone.
std::optional<CorpusProblem> problem_of(const Corpus& corpus, int64_t sample, const ClipReader* reader,
                                        const std::stop_token& stop) {
  const auto problem = [&](ProblemKind kind, const std::string& reason) {
    return CorpusProblem{sample, kind, corpus.key(sample), reason};
  };
  const VideoSource source = corpus.video(sample);
  if (!file_status(source.path)) return problem(ProblemKind::kMissing, source.path + ": " + why_absent(source.path));
  ProblemKind kind = ProblemKind::kAnnotation;
  try {
    corpus.text(sample);
    kind = ProblemKind::kVideo;
    if (reader != nullptr) reader->check_video(sample, stop);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) throw;
    return problem(kind, error.what());
  }
  return std::nullopt;
}

}  // namespace

std::vector<CorpusProblem> check_corpus(const std::shared_ptr<const Corpus>& corpus, const CheckOptions& options,
                                        std::stop_token stop) {
  const ClipReader reader(corpus, ClipForm{}, /*cache_folder=*/"", /*max_cached_clip_bytes=*/0);
  std::vector<CorpusProblem> problems;
  int64_t done = 0;
  std::mutex mutex;  // of both
  for_each_index(static_cast<std::size_t>(corpus->size()), options.workers, stop, [&](std::size_t index) {
    auto problem = problem_of(*corpus, static_cast<int64_t>(index), options.decode ? &reader : nullptr, stop);
    const std::lock_guard lock(mutex);
    if (problem) problems.push_back(std::move(*problem));
    if (options.on_progress) options.on_progress(++done);
  });
  std::ranges::sort(problems, {}, &CorpusProblem::sample);
  return problems;
}

}  // namespace tvts
