#include "tvts/search/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/mapped_file.h"

namespace tvts {
namespace {

// Sizes in the byte order of the machine: a journal does not travel.
struct RecordHead {
  uint64_t size;  // of the payload
  uint64_t checksum;
};
struct GroupHead {
  uint64_t items, rows, row_bytes, error_bytes;
};

template <class Head>
std::string_view bytes_of(const Head& head) {
  return {reinterpret_cast<const char*>(&head), sizeof head};
}

template <class Head>
std::optional<Head> take_head(std::string_view& bytes) {
  if (bytes.size() < sizeof(Head)) return {};
  Head head;
  std::memcpy(&head, bytes.data(), sizeof head);
  bytes.remove_prefix(sizeof head);
  return head;
}

std::optional<std::string_view> take_record(std::string_view& bytes) {
  std::string_view rest = bytes;
  const auto head = take_head<RecordHead>(rest);
  if (!head || head->size > rest.size()) return {};
  const std::string_view payload = rest.substr(0, head->size);
  if (fnv1a(payload) != head->checksum) return {};
  bytes = rest.substr(head->size);
  return payload;
}

std::optional<JournalGroup> parse_group(std::string_view payload, std::size_t dim) {
  const auto head = take_head<GroupHead>(payload);
  if (!head || head->row_bytes > payload.size() || head->error_bytes > payload.size() - head->row_bytes) return {};
  JournalGroup group{head->items, head->rows, payload.substr(0, head->row_bytes),
                     payload.substr(head->row_bytes, head->error_bytes),
                     payload.substr(head->row_bytes + head->error_bytes)};
  const std::size_t row_size = dim * sizeof(float);
  if (group.embeddings.size() % row_size != 0 || group.embeddings.size() / row_size != group.rows) return {};
  return group;
}

}  // namespace

uint64_t fnv1a(std::string_view bytes, uint64_t hash) {
  for (const unsigned char byte : bytes) hash = (hash ^ byte) * 0x100000001b3ULL;
  return hash;
}

JournalContent read_journal(const std::string& path, std::size_t dim) {
  JournalContent content;
  if (!std::filesystem::exists(path)) return content;
  content.file = MappedFile::open(path);
  const Bytes bytes = content.file->bytes();
  const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::string_view rest = all;
  const auto tag = take_record(rest);
  if (!tag) return content;
  content.tag = *tag;
  content.valid_bytes = all.size() - rest.size();
  while (const auto record = take_record(rest)) {
    const auto group = parse_group(*record, dim);
    if (!group) break;
    content.groups.push_back(*group);
    content.valid_bytes = all.size() - rest.size();
  }
  return content;
}

Journal::Journal(const std::string& path, int flags, std::size_t size) : path_(path), size_(size) {
  file_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_APPEND | flags, 0666);
  if (file_ < 0 || ::ftruncate(file_, static_cast<off_t>(size)) != 0) {
    const std::string reason = errno_text();
    if (file_ >= 0) ::close(file_);
    fail(ErrorKind::kFailed, "cannot write ", path, ": ", reason);
  }
}

Journal Journal::create(const std::string& path, std::string_view tag) {
  Journal journal(path, O_CREAT, 0);
  journal.append_record(tag, {});
  return journal;
}

Journal Journal::resume(const std::string& path, const JournalContent& content) {
  return Journal(path, 0, content.valid_bytes);
}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), size_(other.size_) {}

Journal::~Journal() {
  if (file_ >= 0) ::close(file_);
}

void Journal::append(const JournalGroup& group) {
  const GroupHead head{group.items, group.rows, group.row_lines.size(), group.error_lines.size()};
  append_record(bytes_of(head), {group.row_lines, group.error_lines, group.embeddings});
}

void Journal::append_record(std::string_view head, const std::vector<std::string_view>& blocks) {
  std::string payload(head);
  for (const std::string_view block : blocks) payload += block;
  const RecordHead record_head{payload.size(), fnv1a(payload)};
  std::string record(bytes_of(record_head));
  record += payload;
  std::string_view rest = record;
  while (!rest.empty()) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (!rest.empty() || ::fdatasync(file_) != 0) {
    const std::string reason = errno_text();
    [[maybe_unused]] const int cut = ::ftruncate(file_, static_cast<off_t>(size_));
    fail(ErrorKind::kFailed, "cannot write ", path_, ": ", reason);
  }
  size_ += record.size();
}

}  // namespace tvts
