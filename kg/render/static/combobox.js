// A combobox over entities, as the ARIA Authoring Practices describe it: the search and both
// pickers are one. (tom-select writes innerHTML, which the page forbids: vendor/VERSIONS.md.)
// `offer(text)` gives the entities for what is typed ("" before), `choose(entity)` takes one, `settle()` writes
// into the input what stands there while nobody types.
function combobox(input, list, { offer, choose, settle }) {
  let offers = [], active = -1, touched = false;
  const typed = () => document.activeElement === input;
  function draw(open) {
    const items = offers.map((entity, i) => offerItem(entity, `${list.id}-${i}`, i === active, () => take(entity)));
    const none = el("li", { className: "soft", text: t("noResult"), attributes: { role: "option", "aria-disabled": true, "aria-selected": false } });
    list.replaceChildren(...(items.length ? items : [none]));
    list.hidden = !open;
    input.setAttribute("aria-expanded", open);
    if (open && active >= 0) input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    else input.removeAttribute("aria-activedescendant");
    if (open) list.children[active]?.scrollIntoView({ block: "nearest" });
  }
  function search() {
    offers = offer(touched ? input.value : "");
    active = offers.length ? 0 : -1;
    draw(typed() && (offers.length > 0 || touched && input.value.trim() !== ""));
  }
  function type() { touched = true; search(); }
  function close() { offers = []; active = -1; touched = false; draw(false); settle(); }
  function take(entity) { close(); choose(entity); }
  function press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], open = !list.hidden;
    if (event.isComposing || event.altKey) return;
    if (step && !open) search();
    else if (step && offers.length) { active = (active + step + offers.length) % offers.length; draw(true); }
    else if (event.key === "Enter" && offers[active]) take(offers[active]);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
  }
  for (const [on, act] of Object.entries({ input: type, click: search, focus: () => input.select(), blur: close, keydown: press })) input.addEventListener(on, act);
  onChange(() => { if (!touched) settle(); });
}
function offerItem(entity, id, isActive, click) {
  const name = nameOf(entity.id), also = entity.offered && entity.offered !== name ? entity.offered : "";
  return el("li", { attributes: { role: "option", id, "aria-selected": isActive }, mousedown: (event) => event.preventDefault(), click },
    dot(entity), bdi(name), also && el("small", {}, bdi(also)), el("small", { text: term(entity.cls) }));
}
