import { writeFileSync } from 'node:fs'

/**
 * Imported into the server's process. Measures the longest processor time between two ticks of a timer, in ms: other
 * work on the machine delays a tick, but does not add to this time. SIGUSR2 writes the value to the file that HOLD_FILE
 * names, and starts a new measurement.
 */
const tickMs = 5
const file = process.env['HOLD_FILE'] ?? ''
let usage = process.threadCpuUsage()
let longest = 0

setInterval(() => {
  const { user, system } = process.threadCpuUsage(usage)
  usage = process.threadCpuUsage()
  longest = Math.max(longest, (user + system) / 1_000)
}, tickMs).unref()

process.on('SIGUSR2', () => {
  writeFileSync(file, String(Math.round(longest)))
  longest = 0
})
