// Leads back to the wide view of the page that the narrow screen shows now.
const screen = document.getElementById("man-hinh");
document.getElementById("kho-rong").addEventListener("click", (event) => {
  event.preventDefault();
  const { pathname, search, hash } = screen.contentWindow.location;
  location.assign(pathname + search + hash);
});
