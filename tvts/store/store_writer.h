// Writes an embedding store (docs/formats-store.md) in such a way that a run may be killed at any moment and started
// again: only the missing groups are computed, and the files come out byte for byte as if nothing had happened
// (OUT/_stats aside).
//
//   StoreWriter writer(dir, header, options);
//   const StorePlan plan = writer.plan(items);
//   for (const auto& group : plan.groups) writer.add_group(embed(items, group));
//   writer.finish();
//
// Destroying the writer before finish() is an interruption: what was added is kept.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tvts/media/inputs/row.h"
#include "tvts/store/store_header.h"

namespace tvts {

struct StoreOptions {
  // Make a store anew in a folder that holds one. That one stays as it is until the new one is complete; an interrupted
  // run goes on with the new one where it had the same inputs and header.
  bool overwrite = false;
  bool retry_failed = false;      // try again what failed before and has not changed
  std::size_t shard_size = 1000;  // items; a shard is one npy and one jsonl file
  std::size_t group_size = 64;    // items; computed and committed together
  // Asked for stored items that are not among the inputs: those for which it says false are marked as vanished.
  // Empty: all of them are.
  std::function<bool(const ItemId&)> still_there;
};

struct StorePlan {
  std::vector<std::vector<std::size_t>> groups;  // what is left to embed: indices of items, in order
  std::size_t pending = 0;                       // items in groups
  std::size_t stored = 0;                        // items that have their rows already
  std::size_t failed_before = 0;                 // unchanged items that failed and are not tried again
  std::size_t duplicates = 0;                    // items named before in the list; they get no rows of their own
  std::vector<std::string> damaged;              // a sentence for each shard that was set aside
};

// The state of the whole store after finish().
struct StoreSummary {
  std::size_t rows = 0;      // in all, marked ones included
  std::size_t replaced = 0;  // rows
  std::size_t vanished = 0;  // rows
  std::size_t failed = 0;    // items in errors.jsonl
  bool left_as_was = false;  // overwriting gave no row: the old store is still there, and the counts are not of it
};

class StoreWriter {
 public:
  // Makes the folder or opens the store in it, and holds its lock. Throws Error(kInput) when the folder holds something
  // else or a store of other numbers, Error(kFailed) when another process is writing there.
  StoreWriter(const std::string& dir, const StoreHeader& header, StoreOptions options);
  ~StoreWriter();
  StoreWriter(const StoreWriter&) = delete;
  StoreWriter& operator=(const StoreWriter&) = delete;

  // Once, before the first group. `items` is the whole list of inputs, those of earlier runs included. A shard with a
  // damaged or missing file is set aside, and its items are missing again.
  StorePlan plan(std::vector<ItemId> items);

  // After plan(): the folder of the store that is written, for files that its rows name.
  const std::string& dir() const;

  // The results of the plan's next group, one for each of its items, in order. On return they are on the disk.
  // An item with a value that is not finite is stored as failed.
  void add_group(std::span<const ItemResult> results);

  // After the last group: marks replaced and vanished rows, writes errors.jsonl.
  StoreSummary finish();

 private:
  class Run;
  std::unique_ptr<Run> run_;
};

}  // namespace tvts
