// A library to be loaded before a program (LD_PRELOAD) that lets its calls on one folder fail, as a disk does that is
// full, read-only or broken:
//
//   FAULT_ROOT    only files below this folder count
//   FAULT_CALL    the number of the first call that fails, from 0
//   FAULT_KIND    full: this and all later calls that need space fail, and a write is cut short before (ENOSPC)
//                 read-only: this and all later calls that add to a folder fail (EROFS)
//                 broken: this call alone fails, of whatever kind (EIO)
//                 kill: the process ends at this call, as by kill -9
//   FAULT_REPORT  a file that gets the number of such calls when the program ends: with fewer of them nothing failed
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum class Kind { kFull, kReadOnly, kBroken, kKill };

// What a call does, which decides whether a disk of some kind refuses it.
enum class Does { kMakes, kWrites, kFlushes, kCloses, kRenames, kRemoves };

struct Plan {
  const char* root = std::getenv("FAULT_ROOT");
  long call = std::getenv("FAULT_CALL") != nullptr ? std::atol(std::getenv("FAULT_CALL")) : -1;
  const char* report = std::getenv("FAULT_REPORT");
  Kind kind = kind_named(std::getenv("FAULT_KIND"));

  static Kind kind_named(const char* name) {
    if (name == nullptr || std::strcmp(name, "full") == 0) return Kind::kFull;
    if (std::strcmp(name, "read-only") == 0) return Kind::kReadOnly;
    return std::strcmp(name, "kill") == 0 ? Kind::kKill : Kind::kBroken;
  }
};

const Plan& plan() {
  static const Plan plan;
  return plan;
}

bool is_below_root(const char* path) {
  if (plan().root == nullptr || path == nullptr) return false;
  char absolute[PATH_MAX] = "";
  if (path[0] != '/' && getcwd(absolute, sizeof absolute - 1) != nullptr) std::strcat(absolute, "/");
  std::strncat(absolute, path, sizeof absolute - std::strlen(absolute) - 1);
  return std::strncmp(absolute, plan().root, std::strlen(plan().root)) == 0;
}

bool is_below_root(int file) {
  char link[64], path[PATH_MAX] = "";
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  return plan().root != nullptr && readlink(link, path, sizeof path - 1) > 0 && is_below_root(path);
}

// Removing is never refused, but counts for a kill: what cannot be removed stays, and no program can help it.
bool refuses(Kind kind, Does does) {
  switch (kind) {
    case Kind::kFull: return does == Does::kMakes || does == Does::kWrites || does == Does::kFlushes;
    case Kind::kReadOnly: return does == Does::kMakes || does == Does::kRenames;
    case Kind::kBroken: return does != Does::kRemoves;
    default: return true;
  }
}

std::atomic<long> calls{0};

__attribute__((destructor)) void report_calls() {
  if (plan().report == nullptr) return;
  FILE* report = std::fopen(plan().report, "w");
  if (report == nullptr) return;
  std::fprintf(report, "%ld", calls.load());
  std::fclose(report);
}

// True where this call is to fail, with errno set.
bool fails(Does does) {
  if (plan().call < 0 || !refuses(plan().kind, does)) return false;
  const long number = calls++;
  if (number < plan().call || (plan().kind == Kind::kBroken && number > plan().call)) return false;
  if (plan().kind == Kind::kKill) kill(getpid(), SIGKILL);
  errno = plan().kind == Kind::kFull ? ENOSPC : plan().kind == Kind::kReadOnly ? EROFS : EIO;
  return true;
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

bool makes_file(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

int open_or_fail(const char* name, const char* path, int flags, mode_t mode) {
  if (makes_file(flags) && is_below_root(path) && fails(Does::kMakes)) return -1;
  return real<int(const char*, int, ...)>(name)(path, flags, mode);
}

}  // namespace

extern "C" {

#define OPEN(name)                                                          \
  int name(const char* path, int flags, ...) {                              \
    va_list more;                                                           \
    va_start(more, flags);                                                  \
    const auto mode = makes_file(flags) ? va_arg(more, mode_t) : mode_t{0}; \
    va_end(more);                                                           \
    return open_or_fail(#name, path, flags, mode);                          \
  }
OPEN(open)
OPEN(open64)

ssize_t write(int file, const void* data, size_t size) {
  static auto* const next = real<ssize_t(int, const void*, size_t)>("write");
  if (!is_below_root(file) || !fails(Does::kWrites)) return next(file, data, size);
  static std::atomic<bool> was_cut{false};
  // What is left of the disk is used up first.
  if (plan().kind == Kind::kFull && size > 1 && !was_cut.exchange(true)) return next(file, data, size / 2);
  errno = plan().kind == Kind::kFull ? ENOSPC : EIO;
  return -1;
}

ssize_t pwrite(int file, const void* data, size_t size, off_t offset) {
  static auto* const next = real<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  return is_below_root(file) && fails(Does::kWrites) ? -1 : next(file, data, size, offset);
}
ssize_t pwrite64(int file, const void* data, size_t size, off64_t offset) { return pwrite(file, data, size, offset); }

int ftruncate(int file, off_t size) noexcept {
  static auto* const next = real<int(int, off_t)>("ftruncate");
  return is_below_root(file) && size > 0 && plan().kind != Kind::kFull && fails(Does::kWrites) ? -1 : next(file, size);
}

int fsync(int file) {
  static auto* const next = real<int(int)>("fsync");
  return is_below_root(file) && fails(Does::kFlushes) ? -1 : next(file);
}
int fdatasync(int file) {
  static auto* const next = real<int(int)>("fdatasync");
  return is_below_root(file) && fails(Does::kFlushes) ? -1 : next(file);
}

// A close that fails has closed all the same.
int close(int file) {
  static auto* const next = real<int(int)>("close");
  const bool was_written = (fcntl(file, F_GETFL) & O_ACCMODE) != O_RDONLY && is_below_root(file);
  if (!was_written || !fails(Does::kCloses)) return next(file);
  const int reason = errno;
  next(file);
  errno = reason;
  return -1;
}

int rename(const char* from, const char* to) noexcept {
  static auto* const next = real<int(const char*, const char*)>("rename");
  return is_below_root(to) && fails(Does::kRenames) ? -1 : next(from, to);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept {
  static auto* const next = real<int(int, const char*, int, const char*, int)>("linkat");
  return is_below_root(to) && fails(Does::kMakes) ? -1 : next(from_folder, from, to_folder, to, flags);
}

int mkdir(const char* path, mode_t mode) noexcept {
  static auto* const next = real<int(const char*, mode_t)>("mkdir");
  return is_below_root(path) && fails(Does::kMakes) ? -1 : next(path, mode);
}

int unlink(const char* path) noexcept {
  static auto* const next = real<int(const char*)>("unlink");
  return is_below_root(path) && fails(Does::kRemoves) ? -1 : next(path);
}
int remove(const char* path) noexcept {
  static auto* const next = real<int(const char*)>("remove");
  return is_below_root(path) && fails(Does::kRemoves) ? -1 : next(path);
}

}  // extern "C"
