// A run that is killed at any moment and started again leaves the files of a run that was not.
//
// This program's own rename, fsync, fdatasync and remove stand before the C library's: each can end the process at once
// when it is called for the n-th time, as kill -9 would.
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "tests/store/store_support.h"

namespace {
int calls_left = -1;  // before the process is killed; negative: it is not
constexpr int kKilled = 77;

void count_call() {
  if (calls_left >= 0 && calls_left-- == 0) ::_exit(kKilled);
}
}  // namespace

extern "C" {
int rename(const char* from, const char* to) noexcept {
  count_call();
  return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int fsync(int file) {
  count_call();
  return ::fcntl(file, F_GETFD) < 0 ? -1 : 0;  // a killed process loses nothing that it wrote
}
int fdatasync(int file) { return fsync(file); }
int remove(const char* path) noexcept {
  count_call();
  const auto result = static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
  return result != 0 && errno == EISDIR ? ::rmdir(path) : result;
}
}

namespace tvts::test {
namespace {

// Runs `work` in a process that is killed at its n-th call. True when it was killed, false when it finished before.
bool dies_at(int call, const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    calls_left = call;
    work();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == kKilled)) << "call " << call;
  return WIFEXITED(status) && WEXITSTATUS(status) == kKilled;
}

struct Scenario {
  std::vector<ItemId> before;  // an earlier, finished run; may be empty
  std::vector<ItemId> now;
  StoreOptions options = small_shards();
};

Scenario first_run() {
  Scenario scenario{{}, items(12)};
  scenario.now[3] = item("bad3.mp4");
  scenario.now[4] = item("bad4.mp4");
  return scenario;
}

// One item changed, one gone, one new at the front, failures of both kinds.
Scenario second_run() {
  Scenario scenario{first_run().now, first_run().now};
  scenario.now[1] = item("clip1.mp4", 2);
  scenario.now[4] = item("bad4.mp4", 2);
  scenario.now.erase(scenario.now.begin() + 6);
  scenario.now.insert(scenario.now.begin(), item("another.mp4"));
  return scenario;
}

Scenario retrying_run() {
  Scenario scenario = second_run();
  for (int i = 0; i < 9; ++i) scenario.before.push_back(item("bad-more" + std::to_string(i) + ".mp4"));
  scenario.now.insert(scenario.now.end(), scenario.before.end() - 9, scenario.before.end());
  scenario.options.retry_failed = true;
  return scenario;
}

Scenario overwriting_run() {
  Scenario scenario = second_run();
  scenario.options.overwrite = true;
  return scenario;
}

void prepare(const Scenario& scenario, const std::string& dir) {
  std::filesystem::remove_all(dir);
  if (!scenario.before.empty()) run(dir, scenario.before);
}

class InterruptedRun : public testing::TestWithParam<Scenario (*)()> {
 protected:
  StoreFolder folder_;
  const std::string undisturbed_ = folder_ / "undisturbed";
  const std::string killed_ = folder_ / "killed";
};

TEST_P(InterruptedRun, KilledAtAnyCallAndStartedAgainEndsInTheSameFiles) {
  const Scenario scenario = GetParam()();
  prepare(scenario, undisturbed_);
  run(undisturbed_, scenario.now, scenario.options);
  const auto expected = snapshot(undisturbed_);
  int call = 0;
  for (bool died = true; died; ++call) {
    prepare(scenario, killed_);
    died = dies_at(call, [&] { run(killed_, scenario.now, scenario.options); });
    if (died) run(killed_, scenario.now, scenario.options);
    ASSERT_EQ(snapshot(killed_), expected) << "killed at call " << call;
  }
  EXPECT_GT(call, 10) << "the calls are not counted";
}

TEST_P(InterruptedRun, KilledAgainAndAgainEndsInTheSameFiles) {
  const Scenario scenario = GetParam()();
  prepare(scenario, undisturbed_);
  run(undisturbed_, scenario.now, scenario.options);
  prepare(scenario, killed_);
  bool died = dies_at(7, [&] { run(killed_, scenario.now, scenario.options); });
  ASSERT_TRUE(died);
  for (int round = 0; died; ++round) {
    ASSERT_LT(round, 100) << "no progress";
    died = dies_at(4 + round / 4, [&] { run(killed_, scenario.now, scenario.options); });
  }
  EXPECT_EQ(snapshot(killed_), snapshot(undisturbed_));
}

TEST_P(InterruptedRun, StoppedAfterAnyGroupDoesOnlyTheOthers) {
  const Scenario scenario = GetParam()();
  prepare(scenario, undisturbed_);
  const std::size_t groups = run(undisturbed_, scenario.now, scenario.options).plan.groups.size();
  for (std::size_t done = 0; done < groups; ++done) {
    prepare(scenario, killed_);
    run_until(killed_, scenario.now, done, scenario.options);
    EXPECT_EQ(run(killed_, scenario.now, scenario.options).plan.groups.size(), groups - done);
    ASSERT_EQ(snapshot(killed_), snapshot(undisturbed_)) << "stopped after group " << done;
  }
}

constexpr const char* kNames[] = {"First", "Second", "Retrying", "Overwriting"};

INSTANTIATE_TEST_SUITE_P(Runs, InterruptedRun, testing::Values(first_run, second_run, retrying_run, overwriting_run),
                         [](const auto& info) { return std::string(kNames[info.index]); });

TEST(InterruptedOverwriting, KilledAtAnyCallLeavesTheOldStoreOrTheNewOne) {
  const Scenario scenario = overwriting_run();
  StoreFolder folder;
  const std::string out = folder / "out";
  run(folder / "new", scenario.now);
  run(folder / "old", scenario.before);
  const std::size_t old_rows = Store::open(folder / "old").size(), new_rows = Store::open(folder / "new").size();
  ASSERT_NE(old_rows, new_rows);
  bool died = true;
  for (int call = 0; died; ++call) {
    prepare(scenario, out);
    died = dies_at(call, [&] { run(out, scenario.now, scenario.options); });
    if (std::filesystem::exists(folder / "out/_complete")) {
      EXPECT_TRUE(contains(error_text([&] { Store::open(out); }), "half replaced"));
      StoreWriter(out, header(), {});
      EXPECT_EQ(Store::open(out).size(), new_rows) << "killed at call " << call;
    } else {
      EXPECT_EQ(Store::open(out).size(), died ? old_rows : new_rows) << "killed at call " << call;
    }
  }
}

TEST(InterruptedOverwriting, OfOtherInputsIsNotGoneOnWith) {
  StoreFolder folder;
  StoreOptions options = small_shards();
  options.overwrite = true;
  run(folder / "out", items(12));
  run_until(folder / "out", items(9), 3, options);
  EXPECT_EQ(Store::open(folder / "out").videos(), 12U);
  run(folder / "out", items(3), options);
  EXPECT_EQ(Store::open(folder / "out").videos(), 3U);
}

TEST(InterruptedAppend, AJournalCutAtAnyByteGoesOnFromItsLastWholeGroup) {
  StoreFolder folder;
  const auto all = items(5);
  run(folder / "undisturbed", all);
  const auto expected = snapshot(folder / "undisturbed");
  run_until(folder / "stopped", all, 2);
  const std::string journal = read_file(folder / "stopped/_journal/00000.bin");
  ASSERT_GT(journal.size(), 500U);
  for (std::size_t size = 0; size <= journal.size(); ++size) {
    copy_folder(folder / "stopped", folder / "cut");
    write_file(folder / "cut/_journal/00000.bin", journal.substr(0, size));
    run(folder / "cut", all);
    ASSERT_EQ(snapshot(folder / "cut"), expected) << "cut after byte " << size;
  }
}

TEST(InterruptedAppend, AJournalWithAFlippedByteIsNotBelievedBeyondIt) {
  StoreFolder folder;
  const auto all = items(5);
  run(folder / "undisturbed", all);
  const auto expected = snapshot(folder / "undisturbed");
  run_until(folder / "stopped", all, 2);
  const std::string journal = read_file(folder / "stopped/_journal/00000.bin");
  for (std::size_t at = 0; at < journal.size(); at += 3) {
    copy_folder(folder / "stopped", folder / "flipped");
    std::string flipped = journal;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x40);
    write_file(folder / "flipped/_journal/00000.bin", flipped);
    run(folder / "flipped", all);
    ASSERT_EQ(snapshot(folder / "flipped"), expected) << "flipped byte " << at;
  }
}

TEST(InterruptedRunWithOtherInputs, KeepsWhatWasDone) {
  StoreFolder folder;
  auto all = items(12);
  run_until(folder / "out", all, 5);  // shard 0 whole, four items of shard 1
  all.insert(all.begin() + 6, item("new.mp4"));
  const RunResult rest = run(folder / "out", all);
  EXPECT_EQ(rest.plan.stored, 9U);
  EXPECT_EQ(rest.plan.pending, 4U);
  EXPECT_EQ(Store::open(folder / "out").videos(), 13U);
}

TEST(InterruptedRunWithOtherInputs, KeepsWhatWasDoneWhenKilledWhileKeepingIt) {
  StoreFolder folder;
  auto all = items(12);
  run_until(folder / "stopped", all, 5);
  auto more = all;
  more.insert(more.begin() + 6, item("new.mp4"));
  bool died = true;
  for (int call = 0; died; ++call) {
    copy_folder(folder / "stopped", folder / "out");
    died = dies_at(call, [&] { run(folder / "out", more); });
    run(folder / "out", all);  // the new one went away again
    run(folder / "out", more);
    ASSERT_EQ(Store::open(folder / "out").videos(), 13U) << "killed at call " << call;
    ASSERT_EQ(Store::open(folder / "out").marked(), 0U);
  }
}

}  // namespace
}  // namespace tvts::test
