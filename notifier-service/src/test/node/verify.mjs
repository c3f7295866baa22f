// Verifies webhooks with the reference library of Standard Webhooks: a JSON document a line, an answer a line.
import { createInterface } from 'node:readline';
import standardwebhooks from 'standardwebhooks';

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body } = JSON.parse(line);
  try {
    new standardwebhooks.Webhook(secret).verify(body, headers);
    console.log('verified');
  } catch (refused) {
    console.log(`refused: ${refused.message}`);
  }
}
