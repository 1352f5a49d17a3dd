#include "tvts/corpora/check_corpus.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "tvts/core/error.h"
#include "tvts/corpora/clip_reader.h"
#include "tvts/data/media_item.h"

namespace tvts {
namespace {

class CorpusCheck {
 public:
  CorpusCheck(std::shared_ptr<const Corpus> corpus, const CheckOptions& options, std::stop_token stop)
      : corpus_(std::move(corpus)), options_(options), stop_(std::move(stop)), reader_(corpus_, ClipForm{}, "", 0) {}

  std::vector<CorpusProblem> run() {
    {
      std::vector<std::jthread> threads;
      for (std::size_t i = 0; i < options_.workers; ++i) threads.emplace_back([this] { work(); });
    }
    if (error_) std::rethrow_exception(error_);
    if (stop_.stop_requested()) fail(ErrorKind::kInterrupted, "interrupted");
    std::ranges::sort(problems_, {}, &CorpusProblem::sample);
    return std::move(problems_);
  }

 private:
  void work() {
    try {
      for (int64_t i = next_++; i < corpus_->size() && !stop_.stop_requested() && !failed_; i = next_++) {
        auto problem = problem_of(i);
        const std::lock_guard lock(mutex_);
        if (problem) problems_.push_back(std::move(*problem));
        if (options_.on_progress) options_.on_progress(++done_);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      error_ = std::current_exception();
      failed_ = true;
    }
  }

  std::optional<CorpusProblem> problem_of(int64_t i) const {
    const auto problem = [&](ProblemKind kind, const std::string& reason) {
      return CorpusProblem{i, kind, corpus_->key(i), reason};
    };
    const VideoSource source = corpus_->video(i);
    if (!file_status(source.path)) return problem(ProblemKind::kMissing, source.path + ": " + why_absent(source.path));
    ProblemKind kind = ProblemKind::kAnnotation;
    try {
      corpus_->text(i);
      kind = ProblemKind::kVideo;
      if (options_.decode) reader_.check_video(i, stop_);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::kInterrupted) throw;
      return problem(kind, error.what());
    }
    return std::nullopt;
  }

  const std::shared_ptr<const Corpus> corpus_;
  const CheckOptions& options_;
  const std::stop_token stop_;
  const ClipReader reader_;
  std::atomic<int64_t> next_ = 0;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;
  std::vector<CorpusProblem> problems_;
  int64_t done_ = 0;
  std::exception_ptr error_;
};

}  // namespace

std::vector<CorpusProblem> check_corpus(const std::shared_ptr<const Corpus>& corpus, const CheckOptions& options,
                                        std::stop_token stop) {
  return CorpusCheck(corpus, options, std::move(stop)).run();
}

}  // namespace tvts
