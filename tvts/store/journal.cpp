#include "tvts/store/journal.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"

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

// Whole lines, so many.
bool holds_lines(std::string_view lines, uint64_t count) {
  return (lines.empty() || lines.back() == '\n') &&
         static_cast<uint64_t>(std::count(lines.begin(), lines.end(), '\n')) == count;
}

// Every item has rows or one error.
bool adds_up(const JournalGroup& group) {
  const auto errors = static_cast<uint64_t>(std::count(group.error_lines.begin(), group.error_lines.end(), '\n'));
  return holds_lines(group.row_lines, group.rows) && holds_lines(group.error_lines, errors) && errors <= group.items &&
         group.items - errors <= group.rows;
}

std::optional<JournalGroup> parse_group(std::string_view payload, std::size_t dim) {
  const auto head = take_head<GroupHead>(payload);
  if (!head || head->row_bytes > payload.size() || head->error_bytes > payload.size() - head->row_bytes) return {};
  JournalGroup group{head->items, head->rows, payload.substr(0, head->row_bytes),
                     payload.substr(head->row_bytes, head->error_bytes),
                     payload.substr(head->row_bytes + head->error_bytes)};
  const std::size_t row_size = dim * sizeof(float);
  if (group.embeddings.size() % row_size != 0 || group.embeddings.size() / row_size != group.rows) return {};
  if (!adds_up(group)) return {};
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
  content.bytes = std::make_shared<const std::string>(read_file(path, kMostTableBytes));
  const std::string_view all = *content.bytes;
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

Journal Journal::create(const std::string& path, std::string_view tag) {
  Journal journal(AppendFile(path, 0));
  journal.append_record(tag, {});
  return journal;
}

Journal Journal::resume(const std::string& path, const JournalContent& content) {
  return Journal(AppendFile(path, content.valid_bytes));
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
  file_.append(record, AppendFile::Flush::kYes);
}

}  // namespace tvts
