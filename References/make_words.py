"""Writes Tests/References/words-repairs.json: texts that need every kind of repair, and what the
reference tokenizers make of them.

    pip install -r References/requirements.txt && python References/make_words.py
"""

import json
import random

import ftfy.bad_codecs  # registers the sloppy encodings
from ftfy.chardata import CHARMAP_ENCODINGS

from peers_words import huggingface, openai, package

TEXTS = [
    "Red-winged Blackbird’s “epaulets” – scarlet … and yellow",
    "naïve café, Größe, œuvre, Ñandú",
    "àquele pássaro às três, voilà à la mode",
    "Жёлтая трясогузка и синица",
    "Κόκκινο φτερό ΟΔΥΣΣΕΥΣ",
    "žluťoučký kůň, łódź, őz",
    "İstanbul ığdır şahin",
    "āda ķēve ņirgļa ūpis",
    "赤い羽 노란 부리 طائر أحمر पक्षी นก",
    "🐦 🦜🏳️‍🌈 👨‍👩‍👧 ½ × 3² = ±€5™",
]

BY_HAND = [
    "", " ", "\t\r\n\x0b\x0c\x85\u2028\u2029", "A", "\u0345", "a\u0345b", "ǅ Ǆ ǆ ŉ Ĳ", "ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ",
    "ＦＵＬＬ　ｗｉｄｔｈ！", "ﾊﾞｰﾄﾞ ￣ ￥ ￡", "‘a’ ‚b‛ “c” „d‟ ʼe", "one\r\ntwo\rthree\u2028four\u2029five\x85six",
    "\x1b[31mred\x1b[0m \x1b[1;٣m \x1b[x \x1b[", "\x00\x01\x08\x0b\x0e\x1f\x7f\ufeff\u206a\ufff9\ufffca",
    "e\u0301 A\u030a \u1100\u1161\u11a8 \u212b \u2126 \u212a", "İI ıi ſſ ẞß ΣΑΣ ΑΣ. Σ'Σ ΌΣΟΣ", "'ſ 'S 'LL 'Ve can't",
    "&amp; &lt;b&gt; &quot;x&quot; &apos;y&apos; &eacute; &EACUTE; &SZLIG; &NAPOS; &nTILDE;",
    "&amp;amp;amp;amp; &amp;lt;i&amp;gt;", "&notit; &not &copy2 &AMPLE; &LTIMES; &ampx &ffilig; &bne;",
    "&#39;&#x27;&#X27;&#0;&#128;&#129;&#150;&#xD800;&#x110000;&#99999999999999999999999999;&#11;&#xFDD0;&#x1FFFE;",
    "&#59;&#x3b;&#;&#x;&#xg;&#12ab;&#38;#38;&#38;amp;", "1 < 2 &amp;&eacute;", "&eacute;\n<b>&eacute;\n&eacute;",
    "sÃ³ Ã la mode fÃ cil â€œquotedâ€\x9d â€¢ â€¦ itâ€™s", "ÃƒÂ© ÃƒÆ’Ã‚Â© Ã¢â‚¬â„¢", "â€œ like this â€�", "cafÃ? cafÃ� â�¦ ð��¦",
    "Ã \u00c3\u00a0 \u00c2\u00a0 Â°C Â£5 Â", "voilÃ le travail, Ã s quatro, Ã quele", "í\xa0½í°¦ Ã©", "À\x80 Ã©", "Ã©À\n", "Ã©í\xa0½í°\n",
    "‚Äúmac‚Äù caf√© ‚Ä¶", "ΓÇ£dosΓÇ¥ caf├⌐", "вЂњrusвЂќ Р¶С‘Р»С‚Р°СЏ", "Î²Î¹Î²Î»Î¯Î¿ β€™", "ā€œbaltā€¯", "ĂˇĂ©Ă­ Ĺ‚Ăłd", "Ġ Ä°stanbul Åžahin",
    "This is fine. CafÃ© is not; and ‘this’ is mixed â€” здесь и там â€œ", "\x92s \x93quoted\x94 \x85", "ò_ó (°□°) ┻━┻ ¯\\_(ツ)_/¯",
    "<|startoftext", "x</w> Ġ Ā", "a\u200bb\u200dc\u202ed\u2066e", "0123456789 Ⅷ ½ ٣ ²", "!?!?...---___", "don’t — “can’t”",
]


def mojibake(random, text, times):
    for _ in range(times):
        encoding = random.choice(CHARMAP_ENCODINGS)
        text = text.encode("utf-8").decode(encoding)
        chance = random.random()
        if chance < 0.15:
            text = text.replace("\xa0", " ")
        elif chance < 0.25:
            text = "".join("\ufffd" if "\x80" <= c < "\xa0" else c for c in text)
    return text


def texts():
    generator = random.Random(2021)
    yield from BY_HAND
    for text in TEXTS:
        yield text
        for encoding in CHARMAP_ENCODINGS:
            yield text.encode("utf-8").decode(encoding)
        for times in (1, 2):
            words = generator.sample(text.split(), min(2, len(text.split())))
            yield mojibake(generator, " ".join(words), times)
            broken = mojibake(generator, generator.choice(words), times)
            yield generator.choice(TEXTS) + " " + broken


def main():
    first, second = openai(), huggingface()
    cases = [
        {
            "text": text,
            "openai": first.clean_fn(text),
            "openaiIDs": first.encode(text),
            "huggingface": second.normalizer.normalize_str(text),
            "huggingfaceIDs": second.encode(text, add_special_tokens=False).ids,
        }
        for text in texts()
    ]
    path = package / "Tests" / "References" / "words-repairs.json"
    lines = ",\n".join(json.dumps(case) for case in cases)
    path.write_text(f"[\n{lines}\n]\n")
    print(len(cases), "cases,", path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
