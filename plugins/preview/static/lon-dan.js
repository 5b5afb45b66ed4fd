// Grows text boxes to the height of their text, in browsers without field-sizing.
import { form } from "./o-nhap.js";

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}

if (!CSS.supports("field-sizing", "content")) {
  const growAll = () => form.querySelectorAll("textarea").forEach(grow);
  for (const event of ["input", "focusin"]) {
    form.addEventListener(event, ({ target }) => {
      if (target.tagName === "TEXTAREA") grow(target);
      else if (target === form) growAll();
    });
  }
  // New rows may have been added.
  form.addEventListener("tried", () => requestAnimationFrame(growAll));
  growAll();
}
