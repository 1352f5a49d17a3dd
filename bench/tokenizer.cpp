// Measures how many captions one core tokenizes in a second, cleaning included. Each caption is another one, and
// nothing is remembered from one to the next.
//
//     bench_tokenizer VOCABULARY [--benchmark_... options]
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "bench/bench.h"
#include "tvts/core/error.h"
#include "tvts/text/clean.h"
#include "tvts/text/tokenizer.h"

namespace tvts {
namespace {

constexpr std::size_t kCaptions = 100'000;

// The whole words among the tokens, most common first: merges are in the order of how common they were.
std::vector<std::string> common_words(const Vocabulary& vocabulary) {
  std::vector<std::string> words;
  const std::string& text = vocabulary.merges_text();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    std::string word = text.substr(begin, end - begin);
    std::erase(word, ' ');
    begin = end + 1;
    if (!word.ends_with("</w>")) continue;
    word.resize(word.size() - 4);
    if (std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; })) words.push_back(word);
  }
  return words;
}

// What stands among the words of a caption.
enum class Style {
  kPlain,      // "A dog catches the ball, then ..."
  kRareWords,  // one word in four is no word of the vocabulary
  kAccented,   // one word in eight is not ASCII
  kMisread     // as kAccented, and the whole caption is UTF-8 read as Latin-1
};

class CaptionMaker {
 public:
  CaptionMaker(std::vector<std::string> words, Style style) : words_(std::move(words)), style_(style) {
    std::vector<double> weights;
    for (std::size_t rank = 1; rank <= words_.size(); ++rank) weights.push_back(1.0 / static_cast<double>(rank + 2));
    zipf_ = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
  }

  // 8 to 20 words, a capital, commas, a full stop.
  std::string caption() {
    std::string text;
    const int count = std::uniform_int_distribution(8, 20)(random_);
    for (int i = 0; i < count; ++i) {
      if (i > 0) text += one_in(12) ? ", " : " ";
      text += word();
    }
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    text += '.';
    return style_ == Style::kMisread ? misread(text) : text;
  }

 private:
  bool one_in(int count) { return std::uniform_int_distribution(1, count)(random_) == 1; }

  std::string word() {
    std::string word = words_[zipf_(random_)];
    if (style_ == Style::kRareWords && one_in(4)) word += words_[zipf_(random_)];
    if ((style_ == Style::kAccented || style_ == Style::kMisread) && one_in(8)) word += "é";
    return word;
  }

  static std::string misread(const std::string& text) {
    std::string out;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x80) out += static_cast<char>(0xc0 | byte >> 6);
      out += byte < 0x80 ? c : static_cast<char>(0x80 | (byte & 0x3f));
    }
    return out;
  }

  std::vector<std::string> words_;
  Style style_;
  std::mt19937 random_{7};
  std::discrete_distribution<std::size_t> zipf_;
};

template <class Work>
void each_caption(benchmark::State& state, const Vocabulary& vocabulary, Style style, Work work) {
  CaptionMaker maker(common_words(vocabulary), style);
  std::vector<std::string> captions;
  for (std::size_t i = 0; i < kCaptions; ++i) captions.push_back(maker.caption());
  for (auto _ : state) {
    for (const std::string& caption : captions) work(caption);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kCaptions));
}

void register_style(const char* name, Style style, const Vocabulary& vocabulary, const Tokenizer& tokenizer) {
  const auto encode = [&, style](benchmark::State& state) {
    std::vector<int32_t> ids(static_cast<std::size_t>(tokenizer.context_length()));
    each_caption(state, vocabulary, style, [&](const std::string& caption) {
      tokenizer.encode(caption, ids);
      benchmark::DoNotOptimize(ids.data());
    });
  };
  const auto clean = [&, style](benchmark::State& state) {
    each_caption(state, vocabulary, style,
                 [](const std::string& caption) { benchmark::DoNotOptimize(clean_text(caption)); });
  };
  benchmark::RegisterBenchmark(concat("encode/", name).c_str(), encode)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark(concat("clean/", name).c_str(), clean)->Unit(benchmark::kMillisecond);
}

int run(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) fail_usage("found ", argc - 1, " arguments, expected the path of CLIP's bpe_simple_vocab_16e6.txt.gz");
  const Vocabulary vocabulary = Vocabulary::from_file(argv[1]);
  const Tokenizer tokenizer(vocabulary);
  register_style("plain", Style::kPlain, vocabulary, tokenizer);
  register_style("rare_words", Style::kRareWords, vocabulary, tokenizer);
  register_style("accented", Style::kAccented, vocabulary, tokenizer);
  register_style("misread", Style::kMisread, vocabulary, tokenizer);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace tvts

int main(int argc, char** argv) { return tvts::main_of("bench_tokenizer", tvts::run, argc, argv); }
