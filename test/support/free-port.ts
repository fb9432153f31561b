import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Ports that Linux assigns to no connection and to no server that listens on port 0: those begin at 32768. */
const range = { from: 20_000, to: 32_768 }
const maxAttempts = 100

/**
 * Returns a port on which nothing listens. No other test gets it by chance before it is used, because the system does not
 * assign ports of this range.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const port = randomInt(range.from, range.to)
    if (await isFree(port)) return port
  }
  throw new Error('No port is free.')
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
