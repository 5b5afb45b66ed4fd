// Copies the text of a box or, where the browser forbids it, selects it for Ctrl+C.
for (const button of document.querySelectorAll("[data-copies]")) {
  const box = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector('[role="status"]');
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(box.value);
      said.textContent = "Đã chép";
    } catch {
      box.focus();
      box.select();
      said.textContent = "Đã chọn cả ô: bấm Ctrl+C";
    }
  });
}
