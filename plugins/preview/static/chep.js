// Copies what stands in a box; where the browser does not let it, chooses it all, for Ctrl+C.
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
