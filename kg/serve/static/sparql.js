"use strict";
// The editor of @triply/yasgui, pointed at this endpoint and kept from asking anybody else.
(() => {
    const settings = JSON.parse(document.getElementById("settings").textContent);
    const endpoint = new URL("/sparql", location.href).href;
    const heading = Object.entries(settings.prefixes)
        .filter(([name]) => ["kg", "ent", "rdfs", "schema"].includes(name))
        .map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`)
        .join("");
    const first = `${heading}\nSELECT DISTINCT ?name ?partner WHERE {\n  ?s kg:partnerOf ?o .\n  ?s schema:name ?name .\n  ?o schema:name ?partner .\n} LIMIT 100\n`;
    const asked = new URLSearchParams(location.search).get("query");

    Yasgui.Yasqe.defaults.autocompleters = ["variables"];
    Yasgui.Yasqe.defaults.value = first;
    Yasgui.Yasr.defaults.prefixes = settings.prefixes;
    const yasgui = new Yasgui(document.getElementById("yasgui"), {
        requestConfig: { endpoint, method: "POST" },
        copyEndpointOnNewTab: true,
        endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
        populateFromUrl: false,
        persistenceId: null,
    });
    const show = (text) => yasgui.getTab().getYasqe().setValue(text);
    if (asked) {
        show(asked);
    }
    const choice = document.getElementById("question");
    for (const { name, text } of settings.questions) {
        const option = document.createElement("option");
        option.value = text;
        option.textContent = name;
        choice.append(option);
    }
    choice.addEventListener("change", () => show(choice.value || first));
    window.yasgui = yasgui;
})();
