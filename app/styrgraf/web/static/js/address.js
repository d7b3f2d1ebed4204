/** The query in the address: after the #, where no server sees it. */

const GRAPHS = ["default-graph-uri", "named-graph-uri"];

/** Return the query that the address holds, or null. */
export function readQuery() {
  return new URLSearchParams(location.hash.slice(1)).get("query");
}

/** Return the graphs that the address names, or null where it holds no query. */
export function readDataset() {
  const held = new URLSearchParams(location.hash.slice(1));
  if (!held.has("query")) return null;
  return [...held].filter(([name]) => GRAPHS.includes(name));
}

/** Return the address of this page with a query. */
export function writeAddress(query, dataset) {
  const address = new URL(location.href);
  const language = address.searchParams.get("lang");
  address.search = language ? `?lang=${encodeURIComponent(language)}` : "";
  address.pathname = document.getElementById("editor").getAttribute("action");
  const held = [["query", query], ...dataset];
  address.hash = held.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
  return address.href;
}

/** Put a query into the address as a new step that "back" returns from. */
export function rememberQuery(query, dataset) {
  const address = writeAddress(query, dataset);
  if (address !== location.href) history.pushState(null, "", address);
}
