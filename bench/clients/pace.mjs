// Node's own clients, as people use them: fetch and http.request, so many at a time, for so many seconds.
// usage: node pace.mjs BASE TOKEN SECONDS CONCURRENCY; prints how often each status came
import http from "node:http";

const [base, token, seconds, concurrency] = process.argv.slice(2);
const until = Date.now() + Number(seconds) * 1000;
const headers = { authorization: `Bearer ${token}` };
const statuses = {};
const count = (status) => (statuses[status] = (statuses[status] ?? 0) + 1);
let isrc = 0;
const path = () => `/v1/search?q=isrc:USSIM26${String(isrc++ % 1000).padStart(5, "0")}&type=track&limit=1`;

async function withFetch() {
  while (Date.now() < until) {
    const answer = await fetch(base + path(), { headers });
    await answer.arrayBuffer();
    count(answer.status);
  }
}

const agent = new http.Agent({ keepAlive: true });
async function withHttp() {
  while (Date.now() < until) {
    await new Promise((done, failed) => {
      http
        .get(base + path(), { headers, agent }, (answer) => {
          count(answer.statusCode);
          answer.resume().on("end", done).on("error", failed);
        })
        .on("error", failed);
    });
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, (_, i) => (i % 2 ? withHttp() : withFetch())));
agent.destroy();
console.log(JSON.stringify(statuses));
