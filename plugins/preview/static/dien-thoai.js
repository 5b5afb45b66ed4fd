// Back to the wide page that is shown on the narrow screen now, wherever its links have led.
const screen = document.getElementById("man-hinh");
document.getElementById("kho-rong").addEventListener("click", (event) => {
  event.preventDefault();
  const { pathname, search, hash } = screen.contentWindow.location;
  location.assign(pathname + search + hash);
});
