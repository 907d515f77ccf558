// Icing only: every page works without it. Ctrl+K goes to the search, arrows through what it finds, Esc closes it.
const find = document.getElementById("find");
const shown = document.getElementById("find-shown");
const shut = () => { shown.textContent = ""; };
document.addEventListener("keydown", (event) => {
  if (find && (event.ctrlKey || event.metaKey) && event.code === "KeyK") {
    event.preventDefault();
    find.focus();
    find.select();
  }
});
if (find) {
  const form = find.form;
  form.addEventListener("keydown", (event) => {
    const links = [...shown.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && links.length) {
      event.preventDefault();
      shut();
      find.focus();
    } else if (step && links.length) {
      event.preventDefault();
      (links[links.indexOf(document.activeElement) + step] || find).focus();
    }
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) shut(); });
}
// What is swapped in may take the place of what had the focus; it must not fall to the top of the page.
let held = null;
document.addEventListener("htmx:before:swap", () => {
  const now = document.activeElement;
  held = now && now !== document.body ? now : null;
});
document.addEventListener("htmx:after:settle", () => {
  if (!held || document.activeElement !== document.body) return;
  (held.id && document.getElementById(held.id) || document.getElementById("main")).focus({ preventScroll: true });
  held = null;
});
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    const done = () => { document.getElementById("status").textContent = button.dataset.done; };
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done);
  });
}
