#!/usr/bin/env python3
"""Writes cleaning_cases.json: texts of many kinds and what the published cleaning makes of them.

Needs ftfy 6.3.1 (pip install ftfy==6.3.1); the result is checked in. --more N SEED prints N random mixtures instead, one
JSON object a line, for a longer comparison.
"""
import html
import json
import pathlib
import random
import sys

import ftfy

CASES = {
    "plain": ["", " ", "A Dog  Runs\tfast\n", "mixed CASE 123 !?", "~tilde^ `tick` {x} [y] \\ | @", "\f a \r\n b \r"],
    "html": [
        "&amp;", "&amp;amp;amp;amp;lt;", "&lt;b&gt;", "a < b &amp; c", "a <b>\n&amp;eacute; &eacute;", "&EACUTE;t&eacute;",
        "BUNDESSTRA&SZLIG;E", "&nTILDE;", "&copy 2020", "&notit;", "&notin;", "&ampamp;", "&bogus;", "&;", "&", "&#;", "&#x;",
        "&#xZ;", "&#65;&#x42;&#X43", "&#65a;", "&#59;", "&#x3b;", "&#0;", "&#x85;", "&#129;", "&#150;", "&#x1f;a", "&#xd800;",
        "&#1114112;", "&#99999999999999999999;", "&#xfdd0;a", "&#xfffe;a", "&#10;a&#13;b&#12;c&#11;d", "&NotEqualTilde;", "&fjlig;",
        "&CounterClockwiseContourIntegral;", "&CounterClockwiseContourIntegralAndMore;", "&eacuteé;", "&é;", "&ampé", "&Abreve",
        "&amp;#x27;s", "&nbsp;&ensp;x&zwj;y", "&lt;|endoftext|&gt;", "&#38;amp;", "&ltx", "&a&b&amp",
    ],
    "quotes": ["“a” ‘b’ „c‟ ‚d‛", "donʼt don’t", "«x» ‹y›", "′ ″ ` ´"],
    "forms": ["ﬁsh ﬂuﬃeﬆ ﬅ", "ĳ Ĳ ŉ ǆ ǅ Ǆ ǈ ǌ ǲ", "ＬＯＵＤ　ＮＯＩＳＥＳ！", "Ｕﾀｰﾝ ﾊﾟﾝ ｶﾞ", "￥￡￦￣￤", "æ œ ẛ ẛ̣"],
    "controls": [
        "nul\x00in", "bell\x07", "del\x7f", "vt\x0bx", "fs\x1cgs\x1drs\x1eus\x1fend", "bom\ufeff", "\ufeffstart", "a\u206ab\u206f",
        "a\ufff9b\ufffac\ufffb\ufffcd\ufffd", "soft\xadhyphen", "zw\u200bsp\u200d", "\u202ertl\u202c", "c1\x85next\x92s", "\x81\x8d", "tag\U000e0041",
        "\x1b[31mred\x1b[0m", "\x1b[1;22;m", "\x1b[", "\x1b[12", "\x1b]0;x\x07", "\x1b[٣m", "a\x1ab \x1a",
    ],
    "line_breaks": ["a\r\nb\rc\nd", "a\u2028b\u2029c", "a\x85b", "\r\r\n\n"],
    "white_space": ["\u3000a\u2003b\u00a0c\u1680d\u2009", "a\u180eb", "\u200ba\u200b", "\ufeff \ufeff", " \u202f\u205fa", "a \x0b b"],
    "composition": ["e\u0301 o\u0308 A\u030a", "\u0344", "\u1100\u1161\u11a8", "q\u0323\u0307 q\u0307\u0323", "\u212b \u2126", "\u0958"],
    "lower_case": ["ΟΔΟΣ ΣΑΣ Σ ΑΣ. ΑΣΑ Α\u0301Σ\u0301Α", "İSTANBUL I", "ẞ ß", "ǅ", "ЁЖ Җ", "K Å Ω", "Ⅷ Ⓐ 𐐀", "ſ", "ՄԵԾ Ა"],
    "misread": [
        "donâ€™t", "Ã¼bung", "naÃ¯ve", "ðŸ˜€", "doesnÃ¢â‚¬â„¢t", "10Â° angle", "Ã la carte", "voilÃ le travail", "Ã quela hora", "Ã s vezes",
        "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Â nbsp", "più perché", "über Ã¼ber", "‚Äúquoted‚Äù", "caf√©", "вЂ”dashвЂ”", "ГўВЂВ™ x", "╨┐╤А╨╕╨▓╨╡╤В", "â€œ like this â€�",
        "â€\x9d", "Ã¢â\x80\x9a¬", "í\xa0½í¸\x80", "À\x80nullé€", "βÎ²", "ā€™s", "β€™s", "rĂ©sumĂ©", "Ăľ", "ÄŸ", "Jos� Ã©", "Ã?", "â€¦ and …", "ÃƒÂ©tÃƒÂ©",
        "a Ã\n", "x Â£20", "√©", "≈°", "ÂÂ", "(╯°□°)╯ ÖÖ", "œuvre Œ1", "Å“", "L’ÉTÉ", "«É»", "AÃ±o\nÃ±", "Ã©&eacute;", "&Atilde;&copy;",
    ],
}

WORDS = ("don’t café naïve über “quoted” Ærø señor garçon Łódź žluťoučký şişli İstanbul dziękuję привет Москва ёжик Їжак Ελλάδα "
         "ΟΔΟΣ λόγος 中文 日本語 ｆｕｌｌ ﾊﾝｶｸ 한국어 🙂 👩‍🚀 a the Hello … — – €20 £5 °C ½ ™ ® «x» ß ﬁsh ŉ x² عربي שלום हिन्दी ไทย à Â Ã é "
         "&amp; &eacute; &EACUTE; &lt;b&gt; &#233; &#150; &copy &notit; <b> \x1b[31m \x7f \ufeff \ufffd ? \x85 \x92 \u2028 \x1c \xa0 "
         "e\u0301 ┌─┐ ÖÖ œuvre Œdipe Ÿ ƒ №5 µm \x1a ΑΣ ſ \uf8ff").split(" ")
CODECS = ["latin-1", "sloppy-windows-1252", "sloppy-windows-1251", "sloppy-windows-1250", "sloppy-windows-1253",
          "sloppy-windows-1254", "sloppy-windows-1257", "iso-8859-2", "macroman", "cp437", "windows-1252"]


def misread(text, draw):
    data = text.encode()
    if draw.random() < 0.1:
        data = data.replace(b"\xa0", b" ")
    if draw.random() < 0.05:
        data = data.replace(b"\xc3", b"\xc3\x1a").replace(b"\x80", b"?")
    return data.decode(draw.choice(CODECS), errors="replace" if draw.random() < 0.5 else "ignore")


def mixture(draw):
    """A few words; the whole or some of them misread once to three times."""
    words = [draw.choice(WORDS) for _ in range(draw.randint(1, 7))]
    if draw.random() < 0.5:
        words = [misread(word, draw) if draw.random() < 0.5 else word for word in words]
    text = draw.choice(["", " ", " "]).join(words)
    for _ in range(draw.choice([0, 0, 1, 1, 2, 3])):
        text = misread(text, draw)
    return text


def clean(text):
    text = html.unescape(html.unescape(ftfy.fix_text(text)))
    return " ".join(text.split()).lower()


def main():
    if sys.argv[1:2] == ["--more"]:
        draw = random.Random(int(sys.argv[3]))
        for _ in range(int(sys.argv[2])):
            text = mixture(draw)
            print(json.dumps({"text": text, "cleaned": clean(text)}))
        return
    draw = random.Random(20)
    groups = dict(CASES, mixtures=[mixture(draw) for _ in range(150)])
    lines = [json.dumps(name) + ": [\n" + ",\n".join(json.dumps([text, clean(text)]) for text in texts) + "\n]"
             for name, texts in groups.items()]
    pathlib.Path(__file__).with_name("cleaning_cases.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
