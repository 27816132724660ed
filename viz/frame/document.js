// What belongs to the document and not to a part of it: language, title, zooming by hand, the system's colours.
// Vuetify's lists call themselves buttons with a field inside; here they become what they are.
const LISTS = ".v-select .v-input__slot[role='button'], .v-select .v-input__slot[role='combobox']";

function mend() {
  // Solara's own bar of waiting stands outside the page, without a name; the page says itself what it waits for
  for (const bar of document.querySelectorAll("[role=progressbar]:not([aria-label]):not([aria-hidden])")) {
    bar.setAttribute("aria-hidden", "true");
  }
  for (const slot of document.querySelectorAll(LISTS)) {
    const name = slot.querySelector("input[aria-label]")?.getAttribute("aria-label") ?? "";
    const now = { role: "combobox", "aria-label": name, "aria-controls": slot.getAttribute("aria-owns") ?? "" };
    for (const [key, value] of Object.entries(now)) {
      if (slot.getAttribute(key) !== value) slot.setAttribute(key, value);
    }
  }
}

function render({ model, el }) {
  el.classList.add("linli-document");
  const draw = () => {
    document.documentElement.lang = model.get("lang") === "zh" ? "zh-CN" : "en";
    document.title = model.get("title");
  };
  const zoomable = () => document.querySelector("meta[name=viewport]")
    ?.setAttribute("content", "width=device-width, initial-scale=1");
  const seen = new MutationObserver(mend);
  seen.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["role", "aria-label"] });
  model.on("change", draw);
  draw();
  zoomable();
  mend();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tell = () => { model.set("prefers_dark", dark.matches); model.save_changes(); };
  dark.addEventListener("change", tell);
  if (dark.matches) tell();
  return () => { seen.disconnect(); model.off("change", draw); dark.removeEventListener("change", tell); };
}

export default { render };
