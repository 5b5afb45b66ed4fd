// Boxes for sentences grow until all of them is seen, in a browser whose style sheets cannot make them.
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
  // Then rows may have been made.
  form.addEventListener("tried", () => requestAnimationFrame(growAll));
  growAll();
}
