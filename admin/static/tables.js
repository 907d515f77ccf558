// Icing only: how many rows are ticked, and all of the page at one press.
const boxes = () => [...document.querySelectorAll('input[type=checkbox][form=bulk]')];
const say = () => {
  const ticked = boxes().filter((box) => box.checked).length;
  for (const place of document.querySelectorAll("[data-ticked]")) {
    place.textContent = ticked ? place.dataset.ticked.replace("#", ticked) : "";
  }
};
const appear = () => {
  for (const button of document.querySelectorAll("[data-tick]")) button.hidden = false;
  say();
};
document.addEventListener("change", (event) => { if (event.target.matches("[form=bulk]")) say(); });
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-tick]")) return;
  const on = boxes().some((box) => !box.checked);
  for (const box of boxes()) box.checked = on;
  say();
});
document.addEventListener("htmx:after:swap", appear);
document.addEventListener("htmx:afterSwap", appear);
appear();
