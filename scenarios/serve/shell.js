"use strict";
const at = (id) => document.getElementById(id);
const frame = at("page");
let version = 0;
const events = new EventSource("/events");
events.onmessage = (e) => {
  const s = JSON.parse(e.data);
  at("news").textContent = s.building ? "Building …" : "";
  at("mistakes").hidden = s.mistakes === "" || s.building;
  at("mistakes").classList.toggle("warnings", !s.broken);
  at("says").textContent = s.broken ? (version || s.version ? "The files have mistakes. Below is the last page without them." : "The files have mistakes.") : "The files run, with remarks.";
  at("list").textContent = s.mistakes;
  if (s.version === version) return;
  version = s.version;
  // What is set in the page stays: its address keeps it.
  if (frame.src) frame.contentWindow.location.reload();
  else frame.src = "/page" + location.hash;
};
events.onerror = () => {
  at("news").textContent = "weir serve has ended; this page no longer follows its files.";
};
