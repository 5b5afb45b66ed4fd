// Restores deleted stories and photos, from the page that lists them and from the notice on the desk.
import { ask, formAddress } from "./hoi.js";
import { describe } from "./so-tay.js";

const token = document.querySelector("[data-token]")?.dataset.token;

async function restore(name, place, button) {
  button.disabled = true;
  try {
    const { path, message } = await ask("khoi-phuc-da-xoa", token, { name });
    const link = document.createElement("a");
    link.href = formAddress(path);
    link.textContent = "Mở bài";
    place.replaceChildren(`${message} `, link);
    button.closest("li")?.remove();
  } catch (error) {
    place.replaceChildren(...describe(error));
    button.disabled = false;
  }
  place.hidden = false;
  place.focus();
}

document.getElementById("da-xoa")?.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-restore]");
  if (button) restore(button.dataset.restore, document.getElementById("da-lam"), button);
});

// Right after a story was deleted; the notice survives a reload.
const asked = new URLSearchParams(location.search);
const gone = asked.get("vua-xoa");
if (gone && token) {
  const notice = document.createElement("p");
  const button = document.createElement("button");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  notice.tabIndex = -1;
  button.type = "button";
  button.className = "button button--soft";
  button.textContent = "Lấy lại";
  button.addEventListener("click", async () => {
    // Otherwise the restored story would reload the desk at once.
    document.body.toggleAttribute("data-busy", true);
    try {
      location.assign(formAddress((await ask("khoi-phuc-da-xoa", token, { name: gone })).path));
    } catch (error) {
      notice.replaceChildren(...describe(error));
      document.body.removeAttribute("data-busy");
    }
  });
  notice.append(`Đã xóa bài “${asked.get("bai") ?? ""}”. `, button);
  document.querySelector("main h1").after(notice);
  if (performance.getEntriesByType("navigation")[0]?.type !== "reload") notice.focus();
}
