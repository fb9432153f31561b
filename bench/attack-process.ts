import { startAttack, type Attack, type RunningAttack } from './harness/attacks.ts'

/** Runs one attack at a time, so that the caller whose operations are measured has a process of its own. */
let running: RunningAttack | null = null
process.on('message', (order: { port: number; attack: Attack } | 'stop') => {
  if (order !== 'stop') running = startAttack(order.port, order.attack)
  else void running?.stop().then(() => process.exit())
})
