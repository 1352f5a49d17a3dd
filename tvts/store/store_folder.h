// The file names of an embedding store (docs/formats-store.md), and the finding and removing of files under them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tvts {

class StoreFolder {
 public:
  explicit StoreFolder(std::string dir) : dir_(std::move(dir)) {}

  const std::string& dir() const { return dir_; }
  std::string header() const { return dir_ + "/tvts.json"; }
  std::string errors() const { return dir_ + "/errors.jsonl"; }
  std::string retry() const { return dir_ + "/_retry"; }
  std::string embeddings(std::size_t shard) const { return dir_ + "/video_emb/video_emb_" + number(shard) + ".npy"; }
  std::string metadata(std::size_t shard) const { return dir_ + "/metadata/metadata_" + number(shard) + ".jsonl"; }
  std::string shard_errors(std::size_t shard) const { return dir_ + "/_errors/" + number(shard) + ".jsonl"; }
  std::string journal(std::size_t shard) const { return dir_ + "/_journal/" + number(shard) + ".bin"; }
  std::string stats(std::size_t shard) const { return dir_ + "/_stats/" + number(shard) + ".json"; }
  std::string tokens() const { return dir_ + "/token_emb"; }
  std::string damaged() const { return dir_ + "/_damaged"; }
  // The store that is to take the place of this one: while it is made, and when it is complete (store_replacement.h).
  StoreFolder replacement() const { return StoreFolder(dir_ + "/_new"); }
  StoreFolder complete_replacement() const { return StoreFolder(dir_ + "/_complete"); }

  // Numbers of the shards that have their last file, ascending.
  std::vector<std::size_t> finished_shards() const;
  // Numbers of the shards that have a journal, ascending.
  std::vector<std::size_t> journals() const;

  // True when there is nothing at all, or nothing but the lock and unfinished files of ours.
  bool holds_nothing() const;
  void make_folders() const;
  // Removes temporary files, files of shards that were not finished, journals of shards that were.
  void remove_leftovers() const;
  // Removes every file of a store but tvts.json and the lock. In such an order that what is left by an interruption is
  // a store with fewer shards.
  void remove_content() const;
  // Moves the files of the shard into damaged(): its inputs are then missing.
  void set_aside(std::size_t shard) const;
  // Moves the files of another store's shards, its errors and its tokens here. In such an order that what is left by an
  // interruption is a store with fewer shards.
  void take_content(const StoreFolder& other) const;

 private:
  static std::string number(std::size_t shard);  // five digits or more
  std::string dir_;
};

}  // namespace tvts
