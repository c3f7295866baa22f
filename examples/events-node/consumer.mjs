// Consumes Legwork's events with a queue of its own: every event at least once, whatever is restarted meanwhile.
import amqp from 'amqplib';

const url = process.env.AMQP_URL ?? 'amqp://localhost';
const queue = process.env.QUEUE ?? 'example.events';
const keys = process.argv.slice(2);

const connection = await amqp.connect(url);
const channel = await connection.createChannel();

// Durable and replicated: what happens while nobody consumes waits here. Passive, because Legwork declares it.
await channel.checkExchange('legwork.events');
await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
for (const key of keys.length > 0 ? keys : ['task.#']) {
  await channel.bindQueue(queue, 'legwork.events', key);
}
await channel.prefetch(100);

// At least once: an event that comes twice has the same id. A program of your own keeps the ids with its data.
const seen = new Set();

await channel.consume(queue, (message) => {
  if (message === null) {
    console.error('the queue was deleted');
    process.exit(1);
  }
  const { headers, messageId } = message.properties;
  if (!seen.has(messageId)) {
    const event = JSON.parse(message.content.toString('utf8'));
    console.log(`${headers.cloudEvents_type} ${headers.cloudEvents_subject} ${event.taskType ?? event.name}`);
    seen.add(messageId);
  }
  // Only now: what was not dealt with comes again.
  channel.ack(message);
});
console.log('consuming');

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await connection.close();
    process.exit(0);
  });
}
