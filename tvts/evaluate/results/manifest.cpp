#include "tvts/evaluate/results/manifest.h"

#include "tvts/core/json/json_text.h"
#include "tvts/core/json/parse_json.h"
#include "tvts/model/weights/sha256.h"

namespace tvts {
namespace {

Json hashes_json(const std::vector<FileHash>& files) {
  Json list = Json::array();
  for (const FileHash& file : files) {
    Json one = path_fields(file.path);
    one["sha256"] = file.sha256;
    list.push_back(std::move(one));
  }
  return list;
}

Json texts_json(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(to_utf8(text));
  return list;
}

}  // namespace

Manifest manifest_of(const Benchmark& benchmark) {
  Manifest manifest = {.benchmark = benchmark.name,
                       .form = benchmark.form,
                       .split_sha256 = split_sha256(benchmark),
                       .videos = benchmark.videos.size(),
                       .texts = benchmark.texts.size(),
                       .classes = benchmark.classes.size(),
                       .options = benchmark.options.empty() ? 0 : benchmark.options.front().size(),
                       .templates = benchmark.templates,
                       .warnings = benchmark.warnings};
  for (const std::string& path : benchmark.files) manifest.annotations.push_back({path, sha256_of_file(path)});
  return manifest;
}

Json manifest_json(const Manifest& manifest) {
  Json json = {{"benchmark", manifest.benchmark},
               {"form", manifest.form},
               {"annotations", hashes_json(manifest.annotations)},
               {"split_sha256", manifest.split_sha256},
               {"videos", manifest.videos},
               {"texts", manifest.texts},
               {"classes", manifest.classes},
               {"options", manifest.options},
               {"templates", texts_json(manifest.templates)},
               {"embedding", nullptr},
               {"features", hashes_json(manifest.features)},
               {"image_size", manifest.image_size},
               {"short_clips", manifest.short_clips},
               {"frame_count", manifest.frame_count},
               {"ties", manifest.ties},
               {"first_row", manifest.first_row},
               {"captions", manifest.captions},
               {"dsl", "similarity times its softmax at scale 100 over the other queries or videos (transductive)"},
               {"seed", manifest.seed},
               {"tvts_version", manifest.tvts_version},
               {"warnings", texts_json(manifest.warnings)},
               {"missing", Json::array()}};
  if (manifest.embedding) json["embedding"] = parse_json(to_json(*manifest.embedding));
  for (const MissingItem& item : manifest.missing) {
    json["missing"].push_back(
        {{"video", to_utf8(item.video)}, {"status", item.status}, {"reason", to_utf8(item.reason)}});
  }
  return json;
}

}  // namespace tvts
