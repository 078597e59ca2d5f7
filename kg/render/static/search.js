// Search: every label and alias in both scripts, English, pinyin in full and by its initials.
const OFFERS = 12, SHORT = 2;
const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{P}\p{Z}\p{Cc}]/gu, "");

// Per entity, in the order of importance: its folded forms, each between line ends; made at the
// first search.
let searched = null;
const forms = () => searched ??= important.map((entity) => [entity, `\n${entity.find.map(plain).filter(Boolean).join("\n")}\n`]);

onGrow(() => { searched = null; });

// The whole name before its beginning before a part of it; one or two letters are no part.
function matches(text) {
  const wanted = plain(text), isShort = wanted.length <= SHORT && /^[a-z]+$/.test(wanted), ranked = [[], [], []];
  if (!wanted) return [];
  for (const [entity, lines] of forms()) {
    if (!lines.includes(wanted)) continue;
    const rank = lines.includes(`\n${wanted}\n`) ? 0 : lines.includes(`\n${wanted}`) ? 1 : 2;
    if (rank < 2 || !isShort) ranked[rank].push(entity);
  }
  return ranked.flat().slice(0, OFFERS).map((entity) => ({ ...entity, offered: otherName(entity, wanted) }));
}
// The alias or English name that matched, where the one that is shown does not.
function otherName(entity, wanted) {
  const has = (name) => plain(name).includes(wanted);
  return has(nameOf(entity.id)) ? "" : [entity.labels[2], ...entity.aliases].find(has) ?? "";
}

const search = byId("search");
combobox(search, byId("results"), { offer: matches, choose: ({ id }) => select(id), settle: () => { search.value = ""; } });
