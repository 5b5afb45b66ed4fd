// Uploads the files that communes have sent, dropped or chosen, one after another; then runs the command on them.
import { ask } from "./hoi.js";
import { describe } from "./so-tay.js";

const card = document.getElementById("viec-collect");
const form = card.querySelector("form");
const chosen = document.getElementById("tep-xa-gui");
const list = document.getElementById("so-da-nhan");
const told = document.getElementById("nhan-so-tin");
const { token } = document.getElementById("cac-viec").dataset;

async function receive(files) {
  if (!files.length) return;
  const nam = form.elements.year.value;
  const kept = [];
  const refused = [];
  let last = null;
  for (const [number, file] of [...files].entries()) {
    told.textContent = `Đang nhận ${number + 1}/${files.length}: ${file.name}`;
    try {
      await file.slice(0, 1).arrayBuffer();
    } catch {
      refused.push(`${file.name}: không đọc được, hoặc là một thư mục; mở thư mục ra rồi chọn từng tệp.`);
      continue;
    }
    try {
      const { name, came } = await ask("nhan-so", token, file, { nam, ten: file.name });
      kept.push(came === "mới" ? name : `${name} (${came})`);
    } catch (error) {
      refused.push(error.message);
      last = error;
    }
  }
  const said = kept.length ? [`Đã nhận ${kept.length} tệp: ${kept.join(", ")}.`] : [];
  told.replaceChildren(...describe(last, [...said, ...refused].join("\n")));
  if (kept.length) form.requestSubmit(form.querySelector("button:not([name])"));
}

async function putAway(button) {
  const { name, year } = button.dataset;
  try {
    await ask("bo-so", token, { name, year });
    told.textContent = `Đã bỏ ${name} ra; bản ấy còn trong .history.`;
    const item = button.closest("li");
    const beside = item.nextElementSibling ?? item.previousElementSibling;
    const group = item.closest("details");
    item.remove();
    group.querySelector("summary").textContent = `Tệp năm ${year}: ${group.querySelectorAll("li").length}`;
    (beside?.querySelector("button") ?? chosen).focus();
  } catch (error) {
    told.replaceChildren(...describe(error));
  }
}

chosen.addEventListener("change", async () => {
  const files = [...chosen.files];
  chosen.value = "";
  await receive(files);
});
list.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button) putAway(button);
});
// The whole page accepts drops: the browser would open a file that misses the card.
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    card.classList.add("card--over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) card.classList.remove("card--over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  card.classList.remove("card--over");
  receive([...event.dataTransfer.files]);
});
