// The data in full: what kg/render/payload.py leaves out, or names by number, is put back.
function unpack(data) {
  const { defaults, documents } = data;
  const name = (curie) => {
    const [, prefix, local] = /^([a-z]+):(.*)$/su.exec(curie) ?? [];
    return prefixes.has(prefix) ? prefixes.get(prefix) + local : curie;
  };
  const prefixes = new Map(Object.entries(data.prefixes));
  for (const document of documents) {
    document.text = document.text.map(([text, node = null, set = 0]) => [text, node, document.sets[set]]);
  }
  const said = (place) => {
    if (typeof place === "string") return { doc: null, runs: [[place, null, []]] };
    const [doc, ...at] = place;
    if (typeof at[0] === "string") return { doc, runs: [[at[0], null, []]] };
    return { doc, at, runs: documents[doc].text.slice(...at) };
  };
  const end = (one) => (typeof one === "string" ? { node: one, text: "" } : one && { node: null, ...one });
  const entity = (row) => ({
    ...row, key: name(row.key), said: row.said.map(said),
    find: [...new Set([...row.labels, ...row.aliases].map((label) => label.toLowerCase())), ...row.find],
    measures: Object.fromEntries(data.measures.map((key, i) => [key, row.measures[i]])),
  });
  const claim = (row) => {
    const evidence = row.evidence.map(said), { text: time = "", ...times } = data.times[row.times] ?? {};
    return {
      ...row, s: end(row.s), o: end(row.o), place: end(row.place), speaker: end(row.speaker), evidence,
      time, times: row.times === null ? null : times, reasons: row.reasons.map((number) => data.reasons[number]),
      documents: row.documents ?? [...new Set(evidence.map(({ doc }) => doc))].sort((a, b) => a - b),
    };
  };
  data.entities = data.entities.map((row) => entity({ ...defaults.entity, ...row }));
  data.claims = data.claims.map((row) => claim({ ...defaults.claim, ...row }));
  return data;
}
