// Adds photos to the story, asking for a description of each; refuses other files before asking.
import { setState, tell } from "./bao-tin.js";
import { list, put } from "./cho-cua-hinh.js";
import { note, say } from "./hinh-cua-bai.js";
import { ask } from "./hoi.js";
import { refuse } from "./loai-tep.js";
import { body, form, path, token } from "./o-nhap.js";

const REFUSED = { handbook: "/_ban-bien-tap/so-tay/anh/#muc-anh-may-khong-nhan", explained: "Sổ tay: Ảnh máy không nhận" };
const album = document.getElementById("hoi-anh");
const alt = document.getElementById("hoi-anh-mo-ta");
const caption = document.getElementById("hoi-anh-chu-thich");
const drop = document.getElementById("tha-anh");
const waiting = [];
// The place for photos in the text: the browser loses the caret when the dialog closes.
let marked = [0, 0];
// Photos put aside with their descriptions, each with the line that offers it again.
const held = new Map();

// Descriptions survive a reload, unlike the photo: they are filled in when it is chosen again.
function remember({ file }, words) {
  try {
    const key = `ảnh ${path} ${file.name} ${file.size}`;
    if (words === undefined) return JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (words) sessionStorage.setItem(key, JSON.stringify(words));
    else sessionStorage.removeItem(key);
  } catch {
    // Without storage only this is lost.
  }
  return null;
}

function askNext() {
  if (album.open || !waiting.length) return;
  const [photo] = waiting;
  document.getElementById("hoi-anh-hinh").src = photo.picture;
  document.getElementById("hoi-anh-ten").textContent = `Ảnh mới: ${photo.file.name}`;
  const use = photo.use ?? (list()?.some(({ place }) => place === "photo") ? "gallery" : "photo");
  album.querySelector(`[name="cho"][value="${use}"]`).checked = true;
  alt.value = photo.alt;
  caption.value = photo.caption;
  album.returnValue = "";
  marked = [body.selectionStart, body.selectionEnd];
  album.showModal();
  alt.focus();
}

function hold(photo, isDropped) {
  const { name } = photo.file;
  const again = () => {
    held.delete(photo);
    waiting.push(photo);
    askNext();
  };
  const away = () => {
    held.delete(photo);
    hold(photo, true);
  };
  held.set(photo, isDropped ? note(`Đã bỏ ảnh ${name}.`, [["Lấy lại", `Lấy lại ảnh ${name}`, again]]) : note(
    `Ảnh ${name} còn chờ, chưa vào bài.`,
    [["Hỏi tiếp", `Hỏi tiếp về ảnh ${name}`, again], ["Bỏ ảnh này", `Bỏ ảnh này: ${name}`, away]],
  ));
  if (isDropped) held.get(photo).querySelector("button").focus();
  photo.isDropped = isDropped;
}

async function send(photo) {
  const { file, use } = photo;
  setState(`Đang chép ${file.name}…`);
  try {
    const { name } = await ask("anh", token, file, { tep: path, ten: file.name });
    put(name, use, photo.alt, photo.caption);
    remember(photo, null);
    tell("", { of: "photo" });
    say(`Đã đưa ảnh ${name} vào bài.`);
  } catch (error) {
    hold(photo, false);
    tell(`${file.name}: ${error.message}`, { of: "photo", beside: drop, from: error });
    form.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

function readAlbum() {
  return { alt: alt.value, caption: caption.value, use: album.querySelector('[name="cho"]:checked').value };
}

// Undo in another box may change the description of a photo that is in the story by now.
album?.addEventListener("input", () => { if (album.open) remember(waiting[0], readAlbum()); });
album?.addEventListener("close", async () => {
  body.setSelectionRange(...marked);
  const photo = Object.assign(waiting.shift(), readAlbum());
  if (album.returnValue === "ok") {
    await send(photo);
  } else if (album.returnValue === "cancel") {
    hold(photo, true);
  } else {
    // Esc cancels the remaining questions too.
    for (const one of [photo, ...waiting.splice(0)]) hold(one, false);
  }
  askNext();
});

// Adds photos that were dropped, chosen or pasted.
export async function take(given) {
  const told = [];
  const found = [];
  tell("", { of: "photo" });
  // A message of its own, which stays during the questions about the other photos.
  tell("", { of: "refused" });
  for (const file of given) {
    const reason = await refuse(file);
    if (reason) {
      told.push(`${reason}.`);
      continue;
    }
    try {
      // The server can show formats that the browser cannot, such as HEIC.
      const { picture } = await ask("anh-nho", token, file);
      const photo = { file, picture, alt: "", caption: "" };
      found.push(Object.assign(photo, remember(photo)));
    } catch (error) {
      told.push(`${file.name}: ${error.message}`);
    }
  }
  if (told.length) tell(told.join("\n"), { of: "refused", beside: drop, from: REFUSED });
  waiting.push(...found);
  askNext();
}

drop?.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("dragover", (event) => {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
});
form.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  if (drop) take([...event.dataTransfer.files]);
});
document.getElementById("chon-anh")?.addEventListener("change", (event) => {
  take([...event.target.files]);
  event.target.value = "";
});
addEventListener("beforeunload", (event) => {
  const isWaiting = [...held.keys()].some((photo) => !photo.isDropped && (photo.alt || photo.caption));
  if (album?.open || isWaiting) event.preventDefault();
});
