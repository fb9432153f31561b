import { threadCpuUsage } from 'node:process'

/**
 * Preloaded into a server, logs at SIGUSR2 for how long its event loop was held since the last time, in milliseconds of
 * processor time: other work on the machine does not count.
 */
const getCpuMs = (): number => {
  const { user, system } = threadCpuUsage()
  return (user + system) / 1_000
}

let maxMs = 0
let turnStartedAt = getCpuMs()

function onTurn(): void {
  const now = getCpuMs()
  maxMs = Math.max(maxMs, now - turnStartedAt)
  turnStartedAt = now
  setImmediate(onTurn).unref()
}

setInterval(() => undefined, 1).unref()
onTurn()
process.on('SIGUSR2', () => {
  process.stderr.write(`${JSON.stringify({ level: 30, msg: 'event loop held', ms: Math.round(maxMs) })}\n`)
  maxMs = 0
})
