// Suggestions while one types, as a combobox (WAI-ARIA 1.2). Without this the box is a plain search field.
"use strict";
for (const form of document.querySelectorAll("form.ask")) {
  const input = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const frame = document.createElement("div");
  frame.className = "suggested";
  input.replaceWith(frame);
  frame.append(input, list);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"], ["autocomplete", "off"]]) {
    input.setAttribute(name, value);
  }
  if (input.hasAttribute("data-focus")) input.focus();
  let chosen = -1;
  let asked = 0;
  let waiting = null;
  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    const options = [...list.children];
    chosen = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    if (chosen >= 0) {
      input.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    }
  };
  const take = (option) => {
    if (option.dataset.href) {
      window.location.assign(option.dataset.href);
      return;
    }
    input.value = option.dataset.text;
    close();
    form.requestSubmit();
  };
  const show = (results) => {
    list.replaceChildren(...results.map((each, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = each.text;
      if (each.href) option.dataset.href = each.href;
      const text = document.createElement("span");
      text.textContent = each.text;
      const kind = document.createElement("small");
      kind.textContent = each.href ? each.kind : "ask";
      option.append(text, kind);
      return option;
    }));
    chosen = -1;
    list.hidden = !results.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  input.addEventListener("input", () => {
    window.clearTimeout(waiting);
    const typed = input.value.trim();
    if (typed.length < 2) { close(); return; }
    waiting = window.setTimeout(async () => {
      const number = ++asked;
      const response = await fetch(`/suggest.json?q=${encodeURIComponent(typed)}`);
      if (response.ok && number === asked && document.activeElement === input) show((await response.json()).results);
    }, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(list.children[chosen]); }
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  input.addEventListener("blur", close);
}
