// Colours behind the statement while one types, and Ctrl+Enter to run it. Without this the box is a plain text area.
"use strict";
const editor = document.getElementById("statement");
const behind = document.querySelector(".code pre code");
if (editor && behind) {
  const frame = behind.parentElement;
  let asked = 0;
  let waiting = null;
  const scroll = () => {
    frame.scrollTop = editor.scrollTop;
    frame.scrollLeft = editor.scrollLeft;
  };
  const colour = async () => {
    const number = ++asked;
    const answer = await fetch(`/cypher/highlighted?statement=${encodeURIComponent(editor.value)}`).catch(() => null);
    if (number !== asked || !answer || !answer.ok) return;
    behind.innerHTML = await answer.text();
    editor.parentElement.classList.add("coloured");
    scroll();
  };
  editor.parentElement.classList.add("coloured");
  scroll();
  editor.addEventListener("scroll", scroll);
  editor.addEventListener("input", () => {
    editor.parentElement.classList.remove("coloured");
    asked += 1;
    clearTimeout(waiting);
    waiting = setTimeout(colour, 200);
  });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.form.requestSubmit();
  });
}
