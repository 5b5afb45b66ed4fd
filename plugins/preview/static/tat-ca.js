// Filters the list of files by the typed words, with or without diacritics.
const input = document.getElementById("tim");
const said = document.getElementById("con-lai");
const found = [...document.querySelectorAll("[data-found]")].map((element) => ({ element, text: plain(element.textContent) }));
const sections = [...document.querySelectorAll(".sift")];

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
}

function sift() {
  const words = plain(input.value).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const { element, text } of found) {
    element.hidden = !words.every((word) => text.includes(word));
    left += !element.hidden;
  }
  for (const section of sections) section.hidden = words.length > 0 && !section.querySelector("[data-found]:not([hidden])");
  said.textContent = words.length ? (left ? `Còn ${left.toLocaleString("vi")} mục` : "Không có mục nào như vậy") : "";
  // So that it survives a reload.
  const address = new URL(location.href);
  if (input.value) address.searchParams.set("tim", input.value);
  else address.searchParams.delete("tim");
  history.replaceState(null, "", address);
}

document.getElementById("loc").hidden = false;
input.value = new URL(location.href).searchParams.get("tim") ?? "";
input.addEventListener("input", sift);
if (input.value) sift();
