#include "tvts/report/html_text.h"

#include <cstdint>

#include "tvts/core/error.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

constexpr char kHeadBegin[] = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>)";

constexpr char kStyle[] = R"(</title>
<style>
:root { color-scheme: light dark; --text: #1b1b1f; --ground: #fdfdfd; --soft: #55585f; --line: #c9ccd3; }
@media (prefers-color-scheme: dark) { :root { --text: #e8e8ea; --ground: #16171a; --soft: #a9adb6; --line: #43464d; } }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text);
  background: var(--ground); }
h2 { border-top: 1px solid var(--line); padding-top: 1rem; overflow-wrap: anywhere; }
)";

std::string_view picture_type(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n")) return "image/png";
  if (bytes.starts_with("GIF8")) return "image/gif";
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return "image/webp";
  fail_input("page: found ", bytes.size(), " bytes that are no picture, expected JPEG, PNG, GIF or WebP");
}

}  // namespace

std::string escaped(std::string_view raw) {
  std::string out;
  for (const char c : one_line(raw)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t triple = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      triple = triple << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      out += i + j <= bytes.size() ? kDigits[triple >> (18 - 6 * j) & 63U] : '=';
    }
  }
  return out;
}

std::string picture_uri(std::string_view bytes) {
  return concat("data:", picture_type(bytes), ";base64,", base64(bytes));
}

std::string html_head(std::string_view title, std::string_view style) {
  const std::string shown = escaped(title);
  return concat(kHeadBegin, shown, kStyle, style, "</style>\n</head>\n<body>\n<main>\n<h1>", shown, "</h1>\n");
}

}  // namespace tvts
