// Numbers and findings, said in words.

/** A number with a few digits that matter, with a true minus sign. */
export function number(value, digits = 3) {
  if (value === undefined || value === null || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-3 || size >= 1e5)
    ? size.toExponential(Math.max(0, digits - 1)).replace(/e([+-])(\d+)/, (_, sign, power) => `·10${sign === "-" ? "⁻" : ""}${raised(power)}`)
    : size.toLocaleString("en-US", { maximumSignificantDigits: digits });
  return value < 0 ? `−${text}` : text;
}

const raised = (digits) => [...digits].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("");

/** A number with a fixed count of digits after the point. */
export function fixed(value, digits) {
  if (!Number.isFinite(value)) return "–";
  return (value < 0 ? "−" : "") + Math.abs(value).toFixed(digits);
}

/** "a", "a and b", "a, b and c". */
export function listed(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A count with its noun. */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/** Where a place lies in a picture: "in the middle", "at the upper left". */
export function placeIn({ x, y }, width, height) {
  const down = y < height / 3 ? "upper" : y < (2 * height) / 3 ? "" : "lower";
  const across = x < width / 3 ? "left" : x < (2 * width) / 3 ? "" : "right";
  if (!down && !across) return "in the middle";
  if (!across) return down === "upper" ? "at the top" : "at the bottom";
  return down ? `at the ${down} ${across}` : `on the ${across}`;
}

/** What a screen reader says of an answer. */
export function resultSentence(plates) {
  return plates.map((plate) => {
    const { peak } = plate;
    const where = `The map of ${plate.question} is highest ${placeIn(peak, plate.map.width, plate.map.height)}, at ${Math.round(peak.x)}, ${Math.round(peak.y)}`;
    const score = plate.score === undefined ? "" : `, and its score is ${number(plate.score)}`;
    const doubt = plate.presence?.verdict === "probably not there" ? " It is probably not there." : "";
    return `${where}${score}.${doubt}`;
  }).join(" ");
}

/** A question in words: "red epaulets against bird". */
export function questionText(concept, against, strength) {
  if (!against.length || strength === 0) return concept;
  return `${concept} ${strength < 0 ? "together with" : "against"} ${listed(against)}`;
}
