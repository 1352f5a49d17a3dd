#include "tvts/evaluate/results/protocol.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"

namespace tvts {
namespace {

// The sizes of a test set by the paper's appendix A and section 4; 0: not stated.
struct Published {
  std::string name;
  std::size_t videos, classes, options;
};
constexpr std::size_t kNotSaid = 0;
const Published kPublished[] = {
    {"msrvtt", 1000, kNotSaid, kNotSaid}, {"didemo", kNotSaid, kNotSaid, kNotSaid}, {"lsmdc", 1000, kNotSaid, kNotSaid},
    {"hmdb51", kNotSaid, 51, kNotSaid},   {"ucf101", kNotSaid, 101, kNotSaid},      {"k400", kNotSaid, 400, kNotSaid},
    {"ssv2-mc", kNotSaid, kNotSaid, 174},
};
constexpr std::int64_t kFrames = 12, kImageSize = 224;
constexpr char kTemplate[] = "a person {}";

const Published* published(const std::string& name) {
  const auto found = std::ranges::find(kPublished, name, &Published::name);
  return found == std::end(kPublished) ? nullptr : found;
}

std::string shown(const std::vector<std::string>& templates) {
  std::string text;
  for (const std::string& one : templates) text += (text.empty() ? "\"" : ", \"") + one + "\"";
  return text;
}

// A column of ours with the same meaning as one of the paper's.
struct Column {
  std::string paper, key;
};

struct Row {
  std::string name;
  std::string suffix;  // of the keys: "_dsl"
};

std::vector<TableCell> our_row(const std::string& name, const std::vector<Column>& columns, const std::string& suffix,
                               const Evaluation& evaluation) {
  std::vector<TableCell> cells = {text_cell(name), text_cell("this run")};
  for (const Column& column : columns) {
    const std::size_t end = column.key.find('_');
    const std::string key =
        end == std::string::npos ? column.key : column.key.substr(0, end) + suffix + column.key.substr(end);
    const Measure* measure = find_measure(evaluation, key);
    cells.push_back(measure ? number_cell(measure->value, measure->decimals) : missing_cell("–"));
  }
  return cells;
}

// The rows of a table of the paper that have a value in one of the columns.
Table with_paper_rows(const Table& paper, const std::vector<Column>& columns) {
  Table table = {.title = paper.title, .columns = {paper.columns[0], paper.columns[1]}, .notes = paper.notes};
  std::vector<std::size_t> indices;
  for (const Column& column : columns) {
    table.columns.push_back(column.paper);
    const auto found = std::ranges::find(paper.columns, column.paper);
    TVTS_ASSERT(found != paper.columns.end());
    indices.push_back(static_cast<std::size_t>(found - paper.columns.begin()));
  }
  for (const auto& row : paper.rows) {
    std::vector<TableCell> cells = {row[0], row[1]};
    bool has_value = false;
    for (const std::size_t index : indices) {
      cells.push_back(row[index]);
      has_value = has_value || row[index].number || row[index].text == kNotInOurCopy;
    }
    if (has_value) table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string model_name(const Manifest& manifest) {
  return manifest.embedding ? manifest.embedding->model_name : "given features";
}

}  // namespace

std::vector<std::string> differences_from_paper(const Manifest& manifest) {
  std::vector<std::string> all;
  const Published* paper = published(manifest.benchmark);
  if (paper == nullptr) return all;
  const auto compare = [&](const char* what, const auto& found, const auto& wanted) {
    if (found != wanted) all.push_back(concat(what, ": ", found, " here, ", wanted, " in the paper."));
  };
  if (paper->videos != kNotSaid) compare("Videos", manifest.videos, paper->videos);
  if (paper->classes != kNotSaid) compare("Classes", manifest.classes, paper->classes);
  if (paper->options != kNotSaid) compare("Options of a video", manifest.options, paper->options);
  if (manifest.texts > 0 && manifest.texts != manifest.videos) {
    all.push_back(
        concat("Texts: ", manifest.texts, " on ", manifest.videos, " videos here, one a video in the paper."));
  }
  if (!manifest.templates.empty()) compare("Templates", shown(manifest.templates), concat("\"", kTemplate, "\""));
  if (const auto& embedding = manifest.embedding) {
    compare("Frames", embedding->num_frames, kFrames);
    compare("Picture size", manifest.image_size, kImageSize);
    compare("Preprocessing", embedding->preprocess, std::string("tvtsv2-eval"));
    compare("Pooling", embedding->pool, std::string("cls"));
    compare("Short clips are filled with", manifest.short_clips, std::string("zeros"));
  } else {
    all.push_back("Features were given: how they were made is not known here.");
  }
  if (manifest.texts > 0) compare("Ties of text to video", manifest.ties, std::string("published"));
  if (!manifest.missing.empty()) {
    all.push_back(concat("Missing: ", manifest.missing.size(), " of ", manifest.videos, " videos were left out."));
  }
  return all;
}

std::vector<Table> beside_the_paper(const Manifest& manifest, const Evaluation& evaluation, const PaperTables& paper) {
  std::vector<Table> tables;
  if (published(manifest.benchmark) == nullptr) return tables;
  const std::string title = benchmark_title(manifest.benchmark);
  const auto add = [&](int number, const std::vector<Column>& columns, const std::vector<Row>& rows) {
    Table table = with_paper_rows(paper.at(number), columns);
    std::vector<std::vector<TableCell>> ours;
    for (const Row& row : rows) ours.push_back(our_row(row.name, columns, row.suffix, evaluation));
    table.rows.insert(table.rows.begin(), ours.begin(), ours.end());
    tables.push_back(std::move(table));
  };
  const std::string name = model_name(manifest);
  if (manifest.texts > 0) {
    add(2,
        {{title + " R@1", "t2v_r1"},
         {title + " R@5", "t2v_r5"},
         {title + " R@10", "t2v_r10"},
         {title + " MdR", "t2v_medr"}},
        {{name, ""}, {name + " (DSL)", "_dsl"}});
    if (manifest.benchmark == "didemo") add(1, {{"DiDeMo MMS", "mms"}, {"DiDeMo R@1", "t2v_r1"}}, {{name, ""}});
  } else {
    add(3, {{title, manifest.classes > 0 ? "top1" : "accuracy"}}, {{name, ""}});
  }
  return tables;
}

}  // namespace tvts
