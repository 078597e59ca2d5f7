// The claims that the filters leave, as a table by pages; a click selects.
const TABLE_PAGE = 100;
const tableView = { column: "confidence", down: true, page: 0, claims: null, rows: [] };
const kindText = (claim) => [...kindTags(claim), verdictMark(claim)].filter(Boolean).map((tag) => tag.textContent).join(" · ");
const firstSentence = (claim) => (claim.evidence.length ? wordsOf(claim.evidence[0]) : "");
const firstSource = (claim) => (claim.evidence.length ? articleName(claim.evidence[0].doc) : "");
const otherSources = ({ documents }) => (documents.length > 1 ? el("small", { text: ` +${documents.length - 1}`, attributes: { title: amount("articles", documents.length) } }) : null);
const TABLE_COLUMNS = new Map([
  ["subject", (claim) => endName(claim.s)], ["relation", (claim) => term(claim.p)], ["object", (claim) => endName(claim.o)],
  ["date", (claim) => claim.time], ["kind", kindText], ["confidence", (claim) => claim.confidence],
  ["sentence", firstSentence], ["source", firstSource],
]);
const NUMERIC = new Set(["confidence"]);

// Empty cells come last in either direction; equal ones keep the order of the graph.
function sortedClaims(claims, column, down) {
  const value = TABLE_COLUMNS.get(column), sign = down ? -1 : 1;
  const collator = new Intl.Collator(view.language, { numeric: true });
  const compare = NUMERIC.has(column) ? (a, b) => a - b : collator.compare;
  const keyed = claims.map((claim) => [value(claim), claim]);
  return keyed.sort(([a], [b]) => (a === "" || b === "" ? (a === "") - (b === "") : sign * compare(a, b))).map(([, claim]) => claim);
}
const tableClaims = () => sortedClaims(visibleClaims(), tableView.column, tableView.down);

// The whole table for a file, with the key that finds the claim again.
function tableAsText() {
  const cells = [...TABLE_COLUMNS.values()];
  const head = [...TABLE_COLUMNS.keys()].map((column) => t(`column_${column}`));
  return [[...head, t("column_key")], ...tableClaims().map((claim) => [...cells.map((cell) => cell(claim)), claim.key])];
}

function sortTable(column) {
  const again = tableView.column === column;
  Object.assign(tableView, { column, down: again ? !tableView.down : NUMERIC.has(column), page: 0, claims: null });
  renderTable();
  byId("table").querySelector(`[data-column="${column}"]`).focus();
}
function tableHead() {
  return el("tr", {}, ...[...TABLE_COLUMNS.keys()].map((column) => {
    const sort = tableView.column === column ? (tableView.down ? "descending" : "ascending") : "none";
    const sign = { descending: "▾", ascending: "▴", none: "" }[sort];
    return el("th", { attributes: { scope: "col", "aria-sort": sort } },
      button("", `${t(`column_${column}`)} ${sign}`.trim(), () => sortTable(column), { "data-column": column }));
  }));
}
function tableRow(claim, i) {
  const chosen = button("go", undefined, () => select(claim.id));
  chosen.append(bdi(endName(claim.s)));
  return el("tr", { className: kindOf(claim), attributes: { "data-claim": claim.id, "aria-rowindex": tableView.page * TABLE_PAGE + i + 2 }, click: (event) => { if (!event.target.closest("button")) select(claim.id); } },
    el("td", {}, chosen), el("td", { text: term(claim.p) }), el("td", {}, bdi(endName(claim.o))), el("td", { className: "date", text: claim.time }),
    el("td", {}, ...kindTags(claim), verdictMark(claim)), el("td", { className: "number", text: percent(claim.confidence) }),
    el("td", { className: "said" }, bdi(firstSentence(claim))), el("td", { className: "source" }, bdi(firstSource(claim)), otherSources(claim)));
}

function turnPage(by) {
  tableView.page += by;
  renderTable();
  byId("table").scrollTop = 0;
}
function tablePager(total) {
  const first = tableView.page * TABLE_PAGE, last = Math.min(first + TABLE_PAGE, total);
  const turn = (sign, key, by, off) => button("icon", sign, () => turnPage(by), { "aria-label": t(key), "data-turn": by, ...(off ? { disabled: "" } : {}) });
  return el("div", { className: "pager" }, turn("‹", "pageBack", -1, !first), el("span", { text: fill("rows", total && first + 1, last, total) }), turn("›", "pageOn", 1, last >= total));
}

const isSameTable = () => tableView.claims?.length === visibleClaims().length && visibleClaims().every((claim, i) => claim === tableView.claims[i]);
function renderTable() {
  if (view.tab !== "table") return;
  const claims = visibleClaims();
  if (!isSameTable()) Object.assign(tableView, { claims, rows: tableClaims() });
  tableView.page = Math.max(0, Math.min(tableView.page, Math.ceil(claims.length / TABLE_PAGE) - 1));
  const rows = tableView.rows.slice(tableView.page * TABLE_PAGE, (tableView.page + 1) * TABLE_PAGE);
  const table = el("table", { className: "claims", attributes: { "aria-rowcount": claims.length + 1 } },
    el("caption", { className: "unseen", text: t("tabTable") }), el("thead", {}, tableHead()), el("tbody", {}, ...rows.map(tableRow)));
  byId("table").replaceChildren(tablePager(claims.length), el("div", { className: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": t("tabTable") } }, table));
  markRow();
}
// The row of what is selected, and where it is.
function markRow() {
  const chosen = byId("table").querySelector(`[data-claim="${view.selected}"]`);
  for (const row of byId("table").querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
  chosen?.setAttribute("aria-current", "true");
  chosen?.scrollIntoView({ block: "nearest" });
}
function showRow() {
  const at = tableView.rows.findIndex((claim) => claim.id === view.selected);
  if (at < 0 || Math.floor(at / TABLE_PAGE) === tableView.page) return markRow();
  tableView.page = Math.floor(at / TABLE_PAGE);
  renderTable();
}
onChange((now, former) => {
  if (now.tab !== "table") return;
  if (former.tab !== "table" || former.language !== now.language) tableView.claims = null;
  if (!isSameTable()) renderTable();
  showRow();
});
