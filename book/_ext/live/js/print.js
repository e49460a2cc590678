// On paper a page is light, whatever it is on the screen: browsers print no dark backgrounds.

const { dataset } = document.documentElement;
let before = dataset.theme;

addEventListener("beforeprint", () => {
  before = dataset.theme;
  dataset.theme = "light";
});
addEventListener("afterprint", () => (dataset.theme = before));
