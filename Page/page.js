// The token comes with the address once, and later requests carry it in a header.
const token = new URLSearchParams(location.search).get("token");
const headers = token ? { Authorization: `Bearer ${token}` } : {};
const health = await (await fetch("/api/health", { headers })).json();
document.getElementById("state").textContent = health.error ?? `Fieldmark ${health.version} runs.`;
