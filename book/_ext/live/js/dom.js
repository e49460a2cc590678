// Make elements in one line each.

/** An element with properties, attributes (names with a dash, and `role`) and children. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

/** A button; `about` ends its spoken name, so that each button of a page has its own. */
export function button(text, about, onclick) {
  return element("button", { type: "button", textContent: text, onclick, "aria-label": `${text} ${about}` });
}

/** Show or hide an element, for eyes and for screen readers alike. */
export function show(shown, ...elements) {
  for (const one of elements) if (one) one.hidden = !shown;
}
