#include "tvts/store/store_writer.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/folder_lock.h"
#include "tvts/core/folders.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/whole_file.h"
#include "tvts/media/inputs/row_values.h"
#include "tvts/store/group_text.h"
#include "tvts/store/journal.h"
#include "tvts/store/shard_file.h"
#include "tvts/store/shard_plan.h"
#include "tvts/store/store_folder.h"
#include "tvts/store/store_replacement.h"
#include "tvts/store/store_state.h"

namespace tvts {
namespace {

using Clock = std::chrono::steady_clock;

// Nothing is written into a folder that holds something else, not even the lock.
StoreFolder claimed_folder(const std::string& dir) {
  make_folder(dir);
  StoreFolder folder(dir);
  if (folder.holds_nothing() || is_store_header(folder.header())) return folder;
  if (std::filesystem::exists(folder.header())) read_store_header(folder.header());  // throws the reason
  fail_input(dir, " is not empty and holds no embedding store; give another folder");
}

void open_store(const StoreFolder& folder, const StoreHeader& header) {
  if (folder.holds_nothing()) {
    write_whole_file(folder.header(), to_json(header));
  } else {
    require_same_numbers(read_store_header(folder.header()), header, folder.dir());
  }
  folder.make_folders();
  folder.remove_leftovers();
}

// With nothing in the old store that is worth keeping.
void start_anew(const StoreFolder& folder, const StoreHeader& header) {
  folder.remove_content();
  write_whole_file(folder.header(), to_json(header));
  open_store(folder, header);
}

std::string text_that_tells_apart(const Inputs& inputs) {
  uint64_t hash = fnv1a("");
  for (std::size_t i = 0; i < inputs.items().size(); ++i) hash = fnv1a(inputs.identity(i), hash);
  return concat(inputs.items().size(), ' ', hash, '\n');
}

// What may not be read is no damage.
void require_readable(const std::string& path) {
  if (std::filesystem::exists(path)) const InputFile opened(path);
}

// The first shard of the interrupted run that was trying failures again.
std::optional<std::size_t> read_retry_mark(const StoreFolder& folder) {
  if (!std::filesystem::exists(folder.retry())) return std::nullopt;
  const std::string text = read_file(folder.retry(), 1 << 10);
  return located(
      [&] {
        const auto shard = count_field(parse_json_object(text), "first_shard");
        if (!shard) fail_input("field \"first_shard\" is missing");
        return static_cast<std::size_t>(*shard);
      },
      folder.retry());
}

}  // namespace

class StoreWriter::Run {
 public:
  Run(const std::string& dir, const StoreHeader& header, StoreOptions options)
      : old_(claimed_folder(dir)),
        lock_(old_.dir(), "the store"),
        folder_(old_),
        header_(header),
        options_(std::move(options)),
        dim_(header.embed_dim) {
    TVTS_ASSERT(header.embed_dim > 0 && options_.shard_size > 0 && options_.group_size > 0);
    finished_inputs_ = finish_replacement(old_);
    if (!options_.overwrite) open_store(folder_, header);
  }

  StorePlan plan(std::vector<ItemId> items);
  void add_group(std::span<const ItemResult> results);
  StoreSummary finish();
  const std::string& dir() const { return folder_.dir(); }

 private:
  void open_to_overwrite();
  void add_or_set_aside(std::size_t shard, std::vector<std::string>& damaged);
  bool replaces() const { return folder_.dir() != old_.dir(); }
  Pending plan_shards();
  bool keep_journals();
  bool belongs_to_plan(std::size_t shard, const JournalContent& journal) const;
  void seal(std::size_t shard, const JournalContent& journal);
  void seal_if_complete();

  const StoreFolder old_;  // what is there
  FolderLock lock_;
  StoreFolder folder_;  // what is written: the same, or its replacement
  const StoreHeader header_;
  std::string finished_inputs_;  // of the interrupted run that has been finished here
  StoreOptions options_;
  std::size_t dim_;  // E
  std::optional<Inputs> inputs_;
  StoreState state_;
  std::vector<PlannedShard> shards_;
  std::size_t shard_ = 0;  // the one being filled, of shards_
  std::size_t group_ = 0;  // the next one to come, of its groups
  std::optional<Journal> journal_;
  ShardCounts resumed_;                     // what the journal of an interrupted run held
  Clock::time_point begin_ = Clock::now();  // of the shard
};

StorePlan StoreWriter::Run::plan(std::vector<ItemId> items) {
  TVTS_ASSERT(!inputs_);
  inputs_.emplace(std::move(items), options_.still_there);
  if (options_.overwrite) open_to_overwrite();
  std::vector<std::string> damaged;
  for (const std::size_t shard : folder_.finished_shards()) add_or_set_aside(shard, damaged);
  Pending pending = plan_shards();
  while (keep_journals()) pending = plan_shards();

  if (options_.retry_failed && !shards_.empty() && !read_retry_mark(folder_)) {
    write_whole_file(folder_.retry(), Json{{"first_shard", shards_[0].number}}.dump() + "\n");
  }

  StorePlan plan{{}, 0, pending.stored, pending.failed_before, pending.duplicates, std::move(damaged)};
  plan.stored += resumed_.items - resumed_.failed;
  plan.failed_before += resumed_.failed;
  for (std::size_t shard = shard_; shard < shards_.size(); ++shard) {
    const auto& groups = shards_[shard].groups;
    const std::size_t done = shard == shard_ ? group_ : 0;
    plan.groups.insert(plan.groups.end(), groups.begin() + static_cast<std::ptrdiff_t>(done), groups.end());
  }
  for (const auto& group : plan.groups) plan.pending += group.size();
  return plan;
}

void StoreWriter::Run::open_to_overwrite() {
  const std::string inputs = text_that_tells_apart(*inputs_);
  if (finished_inputs_ == inputs && read_store_header(old_.header()) == header_) {
    open_store(folder_, header_);
  } else if (old_.finished_shards().empty() && old_.journals().empty()) {
    start_anew(folder_, header_);
  } else {
    folder_ = open_replacement(old_, header_, inputs);
  }
}

void StoreWriter::Run::add_or_set_aside(std::size_t shard, std::vector<std::string>& damaged) {
  require_readable(folder_.embeddings(shard));
  require_readable(folder_.metadata(shard));
  try {
    add_shard(state_, folder_, shard, dim_, *inputs_);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kInput) throw;
    folder_.set_aside(shard);
    damaged.push_back(concat("shard ", shard, " is damaged and set aside in ", folder_.damaged(), ": ", error.what()));
  }
}

// Cuts what is missing into shards after the finished ones.
Pending StoreWriter::Run::plan_shards() {
  const std::vector<std::size_t> finished = folder_.finished_shards();
  const std::size_t next = finished.empty() ? 0 : finished.back() + 1;
  const std::size_t settled_from = options_.retry_failed ? read_retry_mark(folder_).value_or(next) : 0;
  Pending pending = find_pending(*inputs_, state_, settled_from);
  shards_ = cut_into_shards(*inputs_, pending.items, next, options_.shard_size, options_.group_size);
  return pending;
}

bool StoreWriter::Run::belongs_to_plan(std::size_t number, const JournalContent& journal) const {
  if (shards_.empty() || shards_[0].number != number || shards_[0].tag != journal.tag) return false;
  const auto& groups = shards_[0].groups;
  return journal.groups.size() <= groups.size() &&
         std::equal(journal.groups.begin(), journal.groups.end(), groups.begin(),
                    [](const JournalGroup& kept, const auto& planned) { return kept.items == planned.size(); });
}

// Goes on with the journal of the plan's first shard. A journal of another plan (the inputs or the sizes have changed)
// becomes a short shard, so that no work is lost; then the answer is true: plan again.
bool StoreWriter::Run::keep_journals() {
  for (const std::size_t number : folder_.journals()) {
    const JournalContent journal = read_journal(folder_.journal(number), dim_);
    if (belongs_to_plan(number, journal)) {
      resumed_ = count_of(journal);
      group_ = journal.groups.size();
      journal_.emplace(Journal::resume(folder_.journal(number), journal));
      seal_if_complete();
    } else if (!journal.groups.empty()) {
      seal(number, journal);
      return true;
    } else {
      remove_file(folder_.journal(number));
    }
  }
  return false;
}

void StoreWriter::Run::seal(std::size_t number, const JournalContent& journal) {
  const std::chrono::duration<double> seconds = Clock::now() - std::exchange(begin_, Clock::now());
  seal_shard(folder_, number, dim_, journal, seconds.count());
  add_shard(state_, folder_, number, dim_, *inputs_);
}

void StoreWriter::Run::seal_if_complete() {
  const PlannedShard& shard = shards_[shard_];
  if (group_ < shard.groups.size()) return;
  journal_.reset();
  const JournalContent journal = read_journal(folder_.journal(shard.number), dim_);
  if (journal.groups.size() != shard.groups.size()) {
    fail(ErrorKind::kFailed, folder_.journal(shard.number), ": found ", journal.groups.size(),
         " whole groups, expected the ", shard.groups.size(), " written; check the disk and start again");
  }
  seal(shard.number, journal);
  shard_ += 1;
  group_ = 0;
}

void StoreWriter::Run::add_group(std::span<const ItemResult> results) {
  TVTS_ASSERT(shard_ < shards_.size());
  const PlannedShard& shard = shards_[shard_];
  const std::vector<std::size_t>& group = shard.groups[group_];
  if (!journal_) journal_.emplace(Journal::create(folder_.journal(shard.number), shard.tag));
  journal_->append(group_text(inputs_->items(), group, results, dim_).as_journal_group());
  group_ += 1;
  seal_if_complete();
}

StoreSummary StoreWriter::Run::finish() {
  TVTS_ASSERT(inputs_ && shard_ == shards_.size());
  if (replaces() && state_.rows == 0) {
    drop_replacement(old_);
    return {.failed = state_.failed.size(), .left_as_was = true};
  }
  for (const std::size_t shard : state_.shards_to_rewrite) {
    write_whole_file(folder_.metadata(shard), current_metadata(folder_, shard, *inputs_, state_));
  }
  const std::string errors = standing_errors(folder_, *inputs_, state_);
  if (errors.empty()) {
    remove_file(folder_.errors());
  } else {
    write_whole_file(folder_.errors(), errors);
  }
  remove_file(folder_.retry());
  if (replaces()) put_replacement_in_place(old_);
  const auto failed = static_cast<std::size_t>(std::count(errors.begin(), errors.end(), '\n'));
  return {state_.rows, state_.replaced, state_.vanished, failed};
}

StoreWriter::StoreWriter(const std::string& dir, const StoreHeader& header, StoreOptions options)
    : run_(std::make_unique<Run>(dir, header, std::move(options))) {}
StoreWriter::~StoreWriter() = default;
StorePlan StoreWriter::plan(std::vector<ItemId> items) { return run_->plan(std::move(items)); }
const std::string& StoreWriter::dir() const { return run_->dir(); }
void StoreWriter::add_group(std::span<const ItemResult> results) { run_->add_group(results); }
StoreSummary StoreWriter::finish() { return run_->finish(); }

}  // namespace tvts
