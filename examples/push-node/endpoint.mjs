// An endpoint that handles tasks on its own time: answers 202 at once and reports progress and outcome later.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = Buffer.from(process.env.RENDER_SECRET.replace(/^whsec_/, ''), 'base64');
const legwork = process.env.LEGWORK_URL ?? 'http://127.0.0.1:8080';

function isSigned(headers, body) {
  const timestamp = headers['webhook-timestamp'] ?? '0';
  const expected = createHmac('sha256', key).update(`${headers['webhook-id']}.${timestamp}.${body}`).digest();
  const given = Buffer.from((headers['webhook-signature'] ?? '').replace(/^v1,/, ''), 'base64');
  const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return fresh && given.length === expected.length && timingSafeEqual(given, expected);
}

/** What is being worked on, by task. A task that is pushed again goes on, and reports under its new tokens. */
const atWork = new Map();

/** Whether the attempt still has its task: 409 says that it is to stop, unless it was pushed again meanwhile. */
async function report(task, kind, content) {
  const token = task.fencingToken;
  const answer = await fetch(`${legwork}/v1/attempts/${task.task}/${kind}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fencingToken: token, reportToken: task.reportToken, ...content }),
  });
  return answer.ok || (task.fencingToken > token && report(task, kind, content));
}

async function render(task) {
  const { pages } = task.payload;
  for (let page = 1; page <= pages; page++) {
    const progress = { percent: Math.floor((100 * page) / pages), message: `page ${page} of ${pages}` };
    if (!(await report(task, 'progress', progress))) return;
  }
  await report(task, 'outcome', { outcome: 'succeeded', result: { pages } });
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  if (!isSigned(request.headers, body)) {
    response.writeHead(401).end();
    return;
  }
  const pushed = JSON.parse(body);
  const running = atWork.get(pushed.task);
  if (running) {
    if (pushed.fencingToken > running.fencingToken) Object.assign(running, pushed);
  } else {
    atWork.set(pushed.task, pushed);
    render(pushed)
      .catch((failure) => console.error(failure.message))
      .finally(() => atWork.delete(pushed.task));
  }
  response.writeHead(202).end();
});

server.listen(Number(process.env.PORT ?? 8098), '127.0.0.1', () => console.log(server.address().port));
