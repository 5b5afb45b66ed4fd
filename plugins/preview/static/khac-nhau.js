// A few words in which one text of the boxes differs from another, by which its writer can recognize it.
const LONGEST = 60;

export function describeChange(typed, other) {
  for (const [at, text] of Object.entries(flatten(typed))) {
    const before = flatten(other)[at] ?? "";
    if (text === before) continue;
    const words = text.slice(at === "body" ? findChange(text, before) : 0).replace(/\s+/g, " ").trim();
    if (words) return `“${words.length > LONGEST ? `${words.slice(0, LONGEST).replace(/\s\S*$/, "")}…` : words}”`;
  }
  return "(có chữ đã xóa)";
}

// From a few words before the first difference, which may be in the middle of a sentence.
function findChange(text, before) {
  let same = 0;
  while (same < text.length && text[same] === before[same]) same += 1;
  return text.slice(0, same).search(/(?:\S+[^\S\n]+){0,3}\S*$/);
}

function flatten({ body, values = {} }) {
  const lines = Object.entries(values).map(([name, said]) => [name, said.join(", ").replaceAll(" | ", ", ")]);
  return { body, ...Object.fromEntries(lines) };
}
