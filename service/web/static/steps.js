// Shows of each step only the fields that what it does asks for. Without this all of them show.
"use strict";
for (const step of document.querySelectorAll(".step")) {
  const doing = step.querySelector("select");
  const fit = () => {
    const verb = doing.value.split(" ")[0];
    for (const label of step.querySelectorAll("[class*=of-]")) label.hidden = !label.classList.contains(`of-${verb}`);
  };
  doing.addEventListener("change", fit);
  fit();
}
