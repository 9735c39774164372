// The map without this is a picture with links; with it, it lights up neighbours and lets one come closer.
"use strict";
const box = document.querySelector(".map");
const svg = box && box.querySelector("svg");
if (svg) {
  const tools = document.querySelector(".map-tools");
  const says = document.querySelector(".map-says");
  const dots = new Map([...svg.querySelectorAll(".dot")].map((dot) => [dot.dataset.id, dot]));
  const lines = [...svg.querySelectorAll("line")];
  const near = new Map([...dots.keys()].map((id) => [id, []]));
  for (const line of lines) {
    near.get(line.dataset.a)?.push([line, line.dataset.b]);
    near.get(line.dataset.b)?.push([line, line.dataset.a]);
  }
  const light = (id) => {
    svg.classList.toggle("lit", Boolean(id));
    svg.querySelectorAll(".on").forEach((each) => each.classList.remove("on"));
    if (!id) return;
    dots.get(id).classList.add("on");
    for (const [line, other] of near.get(id)) {
      line.classList.add("on");
      dots.get(other)?.classList.add("on");
    }
    says.textContent = `${dots.get(id).querySelector("title").textContent}, ${near.get(id).length} neighbours`;
  };
  svg.addEventListener("pointerover", (event) => light(event.target.closest(".dot")?.dataset.id));
  svg.addEventListener("pointerleave", () => light(null));

  const whole = svg.viewBox.baseVal;
  const all = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  let view = { ...all };
  svg.setAttribute("width", "100%");
  svg.removeAttribute("height");
  box.classList.add("live");
  tools.hidden = false;
  const show = () => svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  const zoom = (factor, at) => {
    const width = Math.min(all.width, Math.max(200, view.width * factor));
    const scale = width / view.width;
    const point = at || { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    view = {
      x: point.x - (point.x - view.x) * scale,
      y: point.y - (point.y - view.y) * scale,
      width,
      height: view.height * scale,
    };
    svg.classList.toggle("close", box.clientWidth / view.width > 1.8);
    show();
  };
  const place = (event) => {
    const frame = svg.getBoundingClientRect();
    return {
      x: view.x + ((event.clientX - frame.left) / frame.width) * view.width,
      y: view.y + ((event.clientY - frame.top) / frame.height) * view.height,
    };
  };
  const tool = { in: () => zoom(0.7), out: () => zoom(1 / 0.7), all: () => { view = { ...all }; svg.classList.remove("close"); show(); } };
  tools.addEventListener("click", (event) => tool[event.target.dataset.zoom]?.());
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls, unless asked otherwise
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, place(event));
  }, { passive: false });
  const size = (dot) => dot.querySelector("path").getBBox().width;
  if (box.clientWidth < 700) { // begin close enough to read, at the largest
    const largest = [...dots.values()].sort((a, b) => size(b) - size(a))[0].transform.baseVal[0].matrix;
    zoom(Math.min(1, (box.clientWidth * 1.3) / view.width), { x: largest.e, y: largest.f });
    view.x = largest.e - view.width / 2;
    view.y = largest.f - view.height / 2;
    show();
  }
  let from = null;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => { from = place(event); moved = false; });
  svg.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const to = place(event);
    if (Math.hypot(to.x - from.x, to.y - from.y) > view.width / 200) moved = true;
    view.x -= to.x - from.x;
    view.y -= to.y - from.y;
    show();
  });
  window.addEventListener("pointerup", () => { from = null; });
  svg.addEventListener("click", (event) => { if (moved) event.preventDefault(); });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener("keydown", (event) => {
    const step = view.width / 10;
    const keys = {
      "+": () => zoom(0.7), "-": () => zoom(1 / 0.7), 0: tool.all,
      ArrowLeft: () => { view.x -= step; show(); }, ArrowRight: () => { view.x += step; show(); },
      ArrowUp: () => { view.y -= step; show(); }, ArrowDown: () => { view.y += step; show(); },
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
}
