// Ranks as threads of one process, for tests of what passes between ranks.
#pragma once

#include <barrier>
#include <functional>
#include <thread>
#include <vector>

#include "tvts/train/objective/collective.h"

namespace tvts::test {

class ThreadRanks {
 public:
  explicit ThreadRanks(int64_t size) : size_(size), barrier_(size), slots_(static_cast<std::size_t>(size)) {}

  // Runs work(collective) once a rank, each in a thread of its own, and joins them.
  void run(const std::function<void(Collective&)>& work) {
    std::vector<std::jthread> threads;
    for (int64_t rank = 0; rank < size_; ++rank) {
      threads.emplace_back([this, rank, &work] {
        Rank collective(*this, rank);
        work(collective);
      });
    }
  }

 private:
  class Done : public PendingReduction {
   public:
    void wait() override {}
  };

  class Rank : public Collective {
   public:
    Rank(ThreadRanks& ranks, int64_t rank) : ranks_(ranks), rank_(rank) {}
    int64_t rank() const override { return rank_; }
    int64_t world_size() const override { return ranks_.size_; }
    at::Tensor all_gather(const at::Tensor& x) override { return at::cat(ranks_.exchange(rank_, x)); }
    std::unique_ptr<PendingReduction> start_all_reduce(at::Tensor x) override {
      const at::Tensor sum = at::stack(ranks_.exchange(rank_, x.clone())).sum(0);
      x.copy_(sum);
      return std::make_unique<Done>();
    }

   private:
    ThreadRanks& ranks_;
    int64_t rank_;
  };

  // What every rank gave.
  std::vector<at::Tensor> exchange(int64_t rank, const at::Tensor& x) {
    slots_[static_cast<std::size_t>(rank)] = x.detach();
    barrier_.arrive_and_wait();
    const std::vector<at::Tensor> all = slots_;
    barrier_.arrive_and_wait();
    return all;
  }

  int64_t size_;
  std::barrier<> barrier_;
  std::vector<at::Tensor> slots_;
};

}  // namespace tvts::test
