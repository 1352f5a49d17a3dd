#include "tvts/text/badness.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <unordered_map>
#include <vector>

#include "tvts/core/error.h"
#include "tvts/text/unicode.h"

namespace tvts {
namespace {

// A character is in any number of classes: one bit each. A context is a row of sets of classes.
using Classes = uint64_t;
class ClassTable;
struct Context {
  std::vector<Classes> row;
  bool at_start = false;  // only at the start of the text
};

// Classes of characters. "x..y" in a list is the range from x to y.
class ClassTable {
 public:
  ClassTable();
  Classes of(char32_t c) const { return c < near_.size() ? near_[c] : look_up(c); }
  // True if a context may start here, to pass over ASCII quickly: each has a listed character in its first three
  // places.
  bool may_match(const std::vector<Classes>& classes, std::size_t position) const {
    const std::size_t end = std::min(position + 3, classes.size());
    for (std::size_t i = position; i < end; ++i) {
      if ((classes[i] & kListed) != 0) return true;
    }
    return false;
  }

  // The class of these characters alone.
  Classes add(std::u32string_view characters);
  const std::vector<Context>& contexts() const { return contexts_; }

 private:
  void add_contexts();
  Classes look_up(char32_t c) const;

  // Classes that are no lists.
  enum : Classes { kWhiteSpace = 1, kWord = 2, kNoAsciiLetter = 4, kNoLineFeed = 8, kListed = 16 };
  int next_bit_ = 5;
  std::array<Classes, 0x2600> near_{};  // of the code points below
  std::unordered_map<char32_t, Classes> listed_;
  std::vector<Context> contexts_;

  Classes common_ = add(U"\u00a0\u00ad·´–—―…’");
  Classes control_ = add(U"\u0080..\u009f");
  Classes bad_ = add(U"¦¤¨¬¯¸ƒˆˇ˘˛˜†‡‰⌐◊\ufffdªº");
  Classes law_ = add(U"¶§");
  Classes currency_ = add(U"¢£¥₧€");
  Classes opening_ = add(U"¡«¿©΄΅‘‚“„•‹\uf8ff");
  Classes closing_ = add(U"®»˝”›™");
  Classes numeric_ = add(U"²³¹±¼½¾×µ÷⁄∂∆∏∑√∞∩∫≈≠≡≤≥№");
  // Letters that faces are drawn with, and that therefore stand in odd places on purpose.
  Classes face_ = add(U"Ò..ÖÙ..Üò..öø..üŐŌŪŲ°");
  Classes upper_ = add(U"À..ÑØÜÝĂĀĄĆČĎĐĘĚĒĖĞĢİĪĶĹĽŁĻŃŇŅŒŘŚŞŠŢŤŮŰŸŹŻŽҐ");
  Classes lower_ = add(U"ßà..ñăąāćčďđęěēėğģįīķĺľłļœŕśşšťüźżžґﬁﬂ");
  Classes upper_end_ = add(U"ÞΑ..ΩΆΈΉΊΌΎΏΪΫЁ..Я");  // common at the ends of words
  Classes lower_end_ = add(U"α..ωάέήίΰа..џ");
  Classes box_ = add(U"│┌┐┘├┤┬┼═..╬▀▄█▌▐░▒▓");
};

Classes ClassTable::add(std::u32string_view characters) {
  TVTS_ASSERT(next_bit_ < 64);
  const Classes bit = Classes{1} << next_bit_++;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const bool range = characters.substr(i + 1, 2) == U".." && i + 3 < characters.size();
    const char32_t last = range ? characters[i + 3] : characters[i];
    for (char32_t c = characters[i]; c <= last; ++c) listed_[c] |= c < 0x80 ? bit : bit | kListed;
    if (range) i += 3;
  }
  return bit;
}

Classes ClassTable::look_up(char32_t c) const {
  const auto found = listed_.find(c);
  Classes classes = found != listed_.end() ? found->second : 0;
  if (is_white_space(c) || (c >= 0x1c && c <= 0x1f)) classes |= kWhiteSpace;
  if (is_word_character(c)) classes |= kWord;
  if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) classes |= kNoAsciiLetter;
  if (c != '\n') classes |= kNoLineFeed;
  return classes;
}

ClassTable::ClassTable() {
  add_contexts();
  for (char32_t c = 0; c < near_.size(); ++c) near_[c] = look_up(c);
}

// The sequences of classes that no language writes.
void ClassTable::add_contexts() {
  const Classes small = add(U"a..z"), capital = add(U"A..Z"), space = add(U" ");
  const Classes accented = lower_ | upper_;
  const Classes sign = currency_ | numeric_ | law_;
  const Classes odd = accented | box_ | opening_ | closing_ | sign;
  const auto context = [this](std::initializer_list<Classes> row) { contexts_.push_back({row}); };

  context({control_});
  context({odd | bad_, bad_});
  context({small | capital, lower_end_ | upper_end_, bad_});
  context({bad_, odd});
  context({lower_ | lower_end_ | box_ | closing_ | currency_ | numeric_, upper_});
  context({box_ | closing_ | currency_ | numeric_, lower_});
  context({lower_ | box_ | closing_, currency_});
  context({kWhiteSpace, upper_, currency_});
  context({upper_ | box_, numeric_ | law_});
  context({accented | box_ | currency_ | closing_, opening_, numeric_});
  context({accented | currency_ | numeric_ | box_ | law_, closing_, opening_});
  context({currency_ | numeric_ | box_, opening_});
  context({small, upper_, opening_ | currency_});
  context({box_, face_});
  context({accented | sign | opening_ | closing_, box_});
  context({box_, closing_});
  context({accented, opening_ | closing_, kWord});
  context({add(U"Œœ"), kNoAsciiLetter});
  context({upper_, add(U"°")});
  context({add(U"×"), add(U"²³")});

  // UTF-8 read as Windows 1252: Latin letters, Arabic, South Asian letters.
  const Classes a_circumflex = add(U"Â"), a_tilde = add(U"Ã");
  context({add(U"ÂÃÎÐ"), add(U"€œŠš¢£Ÿž\u00a0\u00ad®©°·»–—´") | opening_ | closing_});
  const Classes arabic_lead = add(U"ØÙ");
  const Classes arabic = common_ | currency_ | bad_ | numeric_ | opening_ | add(U"ŸŠ®°µ»");
  context({arabic_lead, arabic, arabic_lead, arabic});
  context({add(U"à"), add(U"²µ¹¼½¾")});
  context({a_tilde, add(U"\u00a0¡")});
  context({small, a_circumflex | a_tilde, space});
  context({small, kWhiteSpace, a_circumflex | a_tilde, space});
  contexts_.push_back({{a_circumflex | a_tilde, space}, true});
  context({small | closing_ | add(U".,?!"), a_circumflex, space | opening_ | closing_});

  // As Mac Roman.
  context({add(U"√"), add(U"±∂†≠®™´≤≥¥µø")});
  context({add(U"≈"), add(U"°¢")});
  const Classes low_quote = add(U"‚");
  context({low_quote, add(U"Ä"), add(U"ìîïòôúùû†°¢π")});
  context({low_quote, add(U"âó"), add(U"àä°ê")});

  // As Windows 1251, 1253 and 1257.
  context({add(U"в"), add(U"Ђ")});
  const Classes cyrillic_lead = add(U"ВГРС");
  context({cyrillic_lead, control_ | bad_ | opening_ | closing_ | currency_ | add(U"°µ"), cyrillic_lead});
  context({add(U"Г"), add(U"ў"), add(U"В"), add(U"Ђ"), add(U"В"), kNoLineFeed, small | capital | space});
  context({add(U"β"), add(U"€"), add(U"™\u00a0Ά\u00ad®°")});
  const Classes greek_lead = add(U"ΒΓΞΟ");
  context({greek_lead, control_ | bad_ | opening_ | closing_ | currency_ | add(U"°"), greek_lead});
  context({add(U"ā"), add(U"€")});
}

bool matches(const Context& context, const std::vector<Classes>& classes, std::size_t position) {
  if (position + context.row.size() > classes.size() || (context.at_start && position > 0)) return false;
  for (std::size_t i = 0; i < context.row.size(); ++i) {
    if ((classes[position + i] & context.row[i]) == 0) return false;
  }
  return true;
}

}  // namespace

bool looks_misread(std::u32string_view text) {
  static const ClassTable table;
  std::vector<Classes> classes;
  classes.reserve(text.size());
  for (const char32_t c : text) classes.push_back(table.of(c));
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (!table.may_match(classes, i)) continue;
    for (const Context& context : table.contexts()) {
      if (matches(context, classes, i)) return true;
    }
  }
  return false;
}

}  // namespace tvts
