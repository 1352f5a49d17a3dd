#include "tvts/model/weights/other_files.h"

#include <algorithm>
#include <cctype>

namespace tvts {
namespace {

using namespace std::string_view_literals;

constexpr const char* kExpected = "convert the model to safetensors, or save its state dict with torch.save";
constexpr const char* kFetchAgain = "the download went wrong; fetch the file itself";
constexpr const char* kUnpack = "unpack it and give the model file in it";

struct Signature {
  std::string_view bytes;
  std::size_t offset;
  const char *is, *to_do;
};
constexpr Signature kSignatures[] = {
    {"GGUF"sv, 0, "a GGUF file (llama.cpp)", kExpected},
    {"ggml"sv, 0, "a GGML file (llama.cpp)", kExpected},
    {"lmgg"sv, 0, "a GGML file (llama.cpp)", kExpected},
    {"TFL3"sv, 4, "a TensorFlow Lite model", kExpected},
    {"ET12"sv, 4, "an ExecuTorch program", kExpected},
    {"\x89HDF\r\n\x1a\n"sv, 0, "an HDF5 file (Keras, TensorFlow)", kExpected},
    {"\x93NUMPY"sv, 0, "a NumPy array", "expected a model"},
    // torch.save before 1.6: bare pickles, the first of them a long number.
    {"\x80\x02\x8a\x0a"sv, 0, "in the form that torch.save wrote before 1.6",
     "load it with torch.load in Python and save it again"},
    {"version https:"sv, 0, "a pointer of Git LFS and not the file that it stands for",
     "fetch the file itself: git lfs pull"},
    {"\x1f\x8b"sv, 0, "compressed with gzip", kUnpack},
    {"\x28\xb5\x2f\xfd"sv, 0, "compressed with zstd", kUnpack},
    {"\xfd"
     "7zXZ"sv,
     0, "compressed with xz", kUnpack},
    {"BZh"sv, 0, "compressed with bzip2", kUnpack},
    {"7z\xbc\xaf\x27\x1c"sv, 0, "a 7z archive", kUnpack},
    {"Rar!"sv, 0, "a RAR archive", kUnpack},
    {"ustar"sv, 257, "a tar archive", kUnpack},
    {"%PDF"sv, 0, "a PDF document", "expected a model"},
};

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

// Files that a server or a text tool wrote.
OtherFile other_text(std::string_view beginning) {
  if (beginning.starts_with("\xef\xbb\xbf")) beginning.remove_prefix(3);
  const auto first = beginning.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  const std::string text = lower(beginning.substr(first));
  if (text.starts_with("<!doctype html") || text.starts_with("<html")) return {"a web page", kFetchAgain};
  if (text.starts_with("<?xml") || text.starts_with("<error"))
    return {"an XML document, as servers answer with an error", kFetchAgain};
  if (text.starts_with('{') && text.find("\"weight_map\"") != std::string::npos) {
    return {"an index of a model's parts", "give the folder that it lies in"};
  }
  if (text.starts_with('{') || text.starts_with('[')) return {"JSON text", "expected the weights themselves"};
  return {};
}

// A protobuf message whose first field is the version of ONNX's form, and whose second a text or a graph.
bool is_onnx(std::string_view beginning) {
  constexpr char kVersionField = 0x08, kProducerField = 0x12, kGraphField = 0x3a;
  return beginning.size() > 3 && beginning[0] == kVersionField && beginning[1] > 0 && beginning[1] < 32 &&
         (beginning[2] == kProducerField || beginning[2] == kGraphField);
}

// Protocols 2 to 5: what pickle and joblib write, without torch's archive around it.
bool is_pickle(std::string_view beginning) {
  return beginning.size() > 2 && beginning[0] == '\x80' && beginning[1] >= 2 && beginning[1] <= 5;
}

}  // namespace

OtherFile other_file(std::string_view beginning) {
  for (const Signature& signature : kSignatures) {
    if (beginning.size() > signature.offset && beginning.substr(signature.offset).starts_with(signature.bytes)) {
      return {signature.is, signature.to_do};
    }
  }
  if (is_pickle(beginning)) {
    return {"a pickle that torch.save did not write", "load it in Python and save its state dict with torch.save"};
  }
  if (is_onnx(beginning)) return {"an ONNX model", kExpected};
  return other_text(beginning);
}

}  // namespace tvts
