// Takes photos into the story, each with words for who cannot see it.
import { setState, tell } from "./bao-tin.js";
import { ask } from "./hoi.js";
import { addRow, announce, body, form, path, readRow, single, token } from "./o-nhap.js";

const album = document.getElementById("hoi-anh");
const alt = document.getElementById("hoi-anh-mo-ta");
const caption = document.getElementById("hoi-anh-chu-thich");
const waiting = [];
// Where photos go in the text: a browser forgets the place when the dialog closes.
let caret = 0;

function askNext() {
  if (album.open || !waiting.length) return;
  const [photo] = waiting;
  const picture = document.getElementById("hoi-anh-hinh");
  picture.hidden = true;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    picture.onload = () => { picture.hidden = false; };
    picture.src = reader.result;
  });
  reader.readAsDataURL(photo);
  document.getElementById("hoi-anh-ten").textContent = `Ảnh mới: ${photo.name}`;
  album.querySelector(`[name="cho"][value="${single("photo").value ? "gallery" : "photo"}"]`).checked = true;
  alt.value = caption.value = "";
  album.returnValue = "";
  album.showModal();
  alt.focus();
}

function place(name, use) {
  const words = alt.value.trim().replace(/\s+/g, " ");
  const line = caption.value.trim().replace(/\s+/g, " ");
  document.getElementById("photo").append(new Option(name, name));
  if (use === "photo") {
    single("photo").value = name;
    single("photo_alt").value = words;
    single("photo_caption").value = line;
  } else if (use === "gallery") {
    const field = form.querySelector('[data-key="gallery"]');
    const blank = [...field.querySelectorAll("[data-row]")].find((row) => !readRow(row));
    blank?.remove();
    addRow(field, [name, words, line]);
  } else {
    const title = line ? ` "${line.replaceAll('"', "”")}"` : "";
    const written = `![${words.replaceAll("[", "(").replaceAll("]", ")")}](${name}${title})`;
    const before = body.value.slice(0, caret).replace(/\n+$/, "");
    const after = body.value.slice(caret).replace(/^\n+/, "");
    const toHere = [before, written].filter(Boolean).join("\n\n");
    body.value = [toHere, after].filter(Boolean).join("\n\n");
    caret = toHere.length;
    body.setSelectionRange(caret, caret);
  }
  announce();
}

album?.addEventListener("close", async () => {
  const photo = waiting.shift();
  if (photo && album.returnValue === "ok") {
    const use = album.querySelector('[name="cho"]:checked').value;
    setState(`Đang chép ${photo.name}…`);
    try {
      const { name } = await ask("anh", token, photo, { tep: path, ten: photo.name });
      place(name, use);
    } catch (error) {
      tell(`${photo.name}: ${error.message}`, { of: "photo", beside: drop });
      announce();
    }
  }
  askNext();
});

export function take(files) {
  caret = body.selectionEnd;
  waiting.push(...files);
  askNext();
}

const drop = document.getElementById("tha-anh");
drop?.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("dragover", (event) => {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
});
form.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  if (drop) take(event.dataTransfer.files);
});
document.getElementById("chon-anh")?.addEventListener("change", (event) => {
  take(event.target.files);
  event.target.value = "";
});

