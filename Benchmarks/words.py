"""Prompts into token numbers: Fieldmark beside Hugging Face's Rust tokenizers, on one thread each.

    python Benchmarks/words.py          # after `make build`

Both read the same 100,000 prompts, a hundred thousand different ones, alternately in one run; that
their numbers are equal is checked first. Fieldmark's time is what `fieldmark bench words` measures
inside the program, from texts to numbers; the peer's is one call of `encode_batch_fast`, and of
`encode_batch`, with a list of texts, its cache of words warm from the rounds before. Then the time of
a whole process is measured, from its start to its end.
"""

import json
import random
import statistics
import subprocess
import tempfile
import time

import references  # before what lies there
from peers_words import huggingface, package

PROGRAM = package / ".build" / "release" / "fieldmark"
ROUNDS = 7

COLORS = (
    "black blue brown buff crimson grey green iridescent olive orange pink purple red rufous scarlet "
    "tawny turquoise violet white yellow"
).split()
TONES = "bright dark deep dull faint glossy mottled pale rich rusty streaked vivid".split()
PARTS = (
    "back,belly,bill,breast,cap,cheek,chin,crest,crown,epaulets,eye ring,eyebrow,flanks,forehead,"
    "legs,lores,mantle,nape,primaries,rump,shoulders,tail,tail feathers,throat,underparts,"
    "upperparts,wing bars,wings"
).split(",")
SHAPES = "curved,dagger-like,forked,hooked,needle-thin,notched,pointed,rounded,spatulate".split(",")
WORN = "backed,bellied,billed,breasted,capped,cheeked,crested,crowned,eyed,headed,winged".split(",")
BIRDS = (
    "albatross,auklet,blackbird,bobolink,bunting,cardinal,catbird,chickadee,cormorant,cowbird,"
    "creeper,crow,cuckoo,finch,flicker,flycatcher,frigatebird,fulmar,gadwall,goldfinch,grackle,grebe,"
    "grosbeak,guillemot,gull,hummingbird,jaeger,jay,junco,kingbird,kingfisher,kittiwake,lark,loon,"
    "mallard,meadowlark,merganser,mockingbird,nighthawk,nutcracker,nuthatch,oriole,ovenbird,pelican,"
    "pewee,pipit,puffin,raven,redstart,sapsucker,shrike,sparrow,starling,swallow,tanager,tern,"
    "thrasher,towhee,vireo,warbler,waterthrush,waxwing,woodpecker,wren,yellowthroat"
).split(",")
PLACES = (
    "Acadian,American,Arctic,Baltimore,California,Carolina,Caspian,Eurasian,Florida,Kentucky,"
    "Louisiana,Magnolia,Northern,Pacific,Philadelphia,São Tomé,Siberian,Tennessee,Western"
).split(",")
PEOPLE = (
    "Anna,Baird,Bewick,Brandt,Brewer,Cassin,Clark,Forster,Heermann,Henslow,Lincoln,Nelson,Rüppell,"
    "Scott,Swainson,Wilson"
).split(",")
SYLLABLES = "a ae al an ar bu ca ci co cy do e er fla gra hi ic la li lo me mi na nu o pa phe pi ra ri ro ru sa si ta te tho ti tri tu us ve xan zo".split()
TEMPLATES = [
    "a photo of a {species}, a type of bird.",
    "a bird with {tone} {color} {part}",
    "{color} and {color2} {part}",
    "the {part} of a {species}",
    "{Latin} {latin}",
    "a {tone} {color} {bird} with a {shape} bill, perched {count} m above the water",
    "{species} ({Latin} {latin})",
    "{person}'s {bird}",
    "a close-up photo of the {species}'s {tone} {part}",
    "has_{part}::{color}",
    "{bird}, {bird2} & {count} other birds",
]


def prompts(count, seed=1):
    pick = random.Random(seed)

    def species():
        kind = pick.random()
        first = pick.choice(PLACES) if kind < 0.4 else f"{pick.choice(PEOPLE)}'s"
        if kind > 0.7:
            first = f"{pick.choice(COLORS).capitalize()}-{pick.choice(WORN)}"
        return f"{first} {pick.choice(BIRDS).capitalize()}"

    def latin():
        return "".join(pick.choice(SYLLABLES) for _ in range(pick.randrange(3, 6)))

    found = {}
    while len(found) < count:
        text = pick.choice(TEMPLATES).format(
            species=species(), tone=pick.choice(TONES), color=pick.choice(COLORS),
            color2=pick.choice(COLORS), part=pick.choice(PARTS), shape=pick.choice(SHAPES),
            bird=pick.choice(BIRDS), bird2=pick.choice(BIRDS), person=pick.choice(PEOPLE),
            Latin=latin().capitalize(), latin=latin(), count=pick.randrange(2, 40))
        found[text] = None
    return list(found)


def polynomial(rows):
    total = 0
    for row in rows:
        for number in row:
            total = (total * 31 + number + 1) % 2**64
        total = total * 31 % 2**64
    return f"{total:x}"


def ours(file, normalizer):
    words = [PROGRAM, "bench", "words", file, "--rounds", "1", "--normalizer", normalizer]
    return json.loads(subprocess.run(words, check=True, capture_output=True).stdout)


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main():
    texts = prompts(100_000)
    peer = huggingface()
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(texts) + "\n")
        file.flush()
        expected = [e.ids for e in peer.encode_batch_fast(texts, add_special_tokens=False)]
        answer = ours(file.name, "huggingface")
        assert answer["prompts"] == len(texts), answer
        assert answer["sum"] == polynomial(expected), "the numbers differ"
        times = {"ours": [], "ours, openai": [], "encode_batch_fast": [], "encode_batch": []}
        for _ in range(ROUNDS):
            times["ours"].append(ours(file.name, "huggingface")["seconds"])
            times["encode_batch_fast"].append(
                seconds(lambda: peer.encode_batch_fast(texts, add_special_tokens=False)))
            times["ours, openai"].append(ours(file.name, "openai")["seconds"])
            times["encode_batch"].append(
                seconds(lambda: peer.encode_batch(texts, add_special_tokens=False)))
    start = [
        seconds(lambda: subprocess.run([PROGRAM, "tokens", "red epaulets"], capture_output=True))
        for _ in range(41)
    ]
    median = {name: statistics.median(values) for name, values in times.items()}
    print(json.dumps({
        "prompts": len(texts),
        "tokens": answer["tokens"],
        "seconds": {name: round(value, 4) for name, value in median.items()},
        "ratio to encode_batch_fast": round(median["encode_batch_fast"] / median["ours"], 2),
        "ratio to encode_batch": round(median["encode_batch"] / median["ours"], 2),
        "milliseconds of a process": round(1000 * statistics.median(start), 1),
    }))


if __name__ == "__main__":
    main()
