// A browser runs no modules from a file that was opened without a server: say what to do instead.
if (location.protocol === "file:") {
  addEventListener("DOMContentLoaded", () => {
    const article = document.querySelector("article");
    if (!article?.querySelector("div.cell, [data-exercise], #live-progress")) return;
    const note = document.createElement("p");
    note.className = "live-keys";
    note.setAttribute("role", "note");
    note.textContent =
      "This page was opened as a file, so it can be read but not run. To run its code, open a " +
      "terminal in the folder of the site, type “python -m http.server”, and open " +
      "http://localhost:8000/ in the browser.";
    article.prepend(note);
  });
}
