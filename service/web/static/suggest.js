// Suggestions while one types, as a combobox (WAI-ARIA 1.2). Without this the box is a plain field.
"use strict";

/** Give a field suggestions: `find` takes what is typed and gives {text, kind, href}; `take` is told which was chosen. */
function suggesting(input, find, take) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const frame = document.createElement("div");
  frame.className = "suggested";
  const focused = document.activeElement === input;
  input.replaceWith(frame);
  frame.append(input, list);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"], ["autocomplete", "off"]]) {
    input.setAttribute(name, value);
  }
  if (focused) input.focus(); // where it was not yet, the browser still has its autofocus before it
  let found = [];
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
  const taken = (index) => {
    const each = found[index];
    close();
    take(each);
  };
  const show = (results) => {
    found = results;
    list.replaceChildren(...results.map((each, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const text = document.createElement("span");
      text.textContent = each.text;
      const kind = document.createElement("small");
      kind.textContent = each.kind;
      option.append(text, kind);
      return option;
    }));
    chosen = -1;
    list.hidden = !results.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const number = ++asked;
      const results = await find(input.value);
      if (number === asked && document.activeElement === input) show(results);
    }, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); taken(chosen); }
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) taken([...list.children].indexOf(option));
  });
  input.addEventListener("blur", close);
}

const fetched = async (address, typed) => {
  if (typed.trim().length < 2) return [];
  const answer = await fetch(`${address}q=${encodeURIComponent(typed.trim())}`).catch(() => null);
  return answer && answer.ok ? (await answer.json()).results : [];
};

for (const form of document.querySelectorAll("form.ask")) {
  const input = form.querySelector("input[name=q]");
  const questions = async (typed) => {
    const results = await fetched("/suggest.json?", typed);
    return results.map((each) => ({ ...each, kind: each.href ? each.kind : "ask" }));
  };
  suggesting(input, questions, (each) => {
    if (each.href) { window.location.assign(each.href); return; }
    input.value = each.text;
    form.requestSubmit();
  });
}

// Fields that take names, one after the other with ; between.
for (const input of document.querySelectorAll("input[data-names]")) {
  const names = async (typed) => {
    const results = await fetched("/entities.json?limit=8&", typed.split(";").pop());
    return results.map((each) => ({ text: each.name, kind: each.kind }));
  };
  suggesting(input, names, (each) => {
    const before = input.value.split(";").slice(0, -1).map((name) => name.trim());
    input.value = [...before, each.text].join("; ");
  });
}
