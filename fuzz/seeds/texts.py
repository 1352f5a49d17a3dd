"""Captions that need repair, and merges of a vocabulary."""


def seeds():
    yield "plain", "\0A man's dog   begs, & barks 42 times!".encode()
    yield "misread", "\0schÃ¶n â€œquotedâ€\x9d".encode()
    yield "entities", b"\0a &amp;lt;b&amp;gt; &#x1F600; &eacute;"
    yield "scripts", "\0İstanbul ß ﬁ ４２ नमस्ते 你好 \u0558".encode()
    yield "bytes", b"\0\xff\xfe\xed\xa0\x80a\xc3"
    yield "merges", b"\7t h\nth e</w>\n"
